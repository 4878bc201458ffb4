import Diagnostics
import Services

/// An endpoint that the change removes while a client still uses it.
struct EndpointRemoved: Rule {
  static let description = RuleDescription(
    id: "endpoint-removed", severity: .error, group: .order,
    summary: "a client still uses an endpoint that the change removes", needsOldSide: true, spansRoots: true)

  func check(_ change: Change) -> [Diagnostic] {
    FormerEndpoint.all(in: change).filter { $0.successor == nil }.flatMap { former in
      former.clients.filter { !$0.evidence.isEmpty }.map { client, evidence in
        Diagnostic(
          rule: Self.description.id, severity: .error, .gone(client, former), at: client.location,
          service: client.logicalID, construct: client.constructPath,
          notes: evidence.map { .init(.names($0), at: $0.location) },
          fix: Fix(summary: "\(Diagnostic.Message.twoSteps(client, former))"),
          identity: [
            client.name.path.description, client.logicalID, former.server.name.path.description,
            former.server.logicalID, former.endpoint.display,
          ])
      }
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func gone(_ client: Service, _ former: FormerEndpoint) -> Self {
    """
    \(client.logicalID) still uses \(former.endpoint.display), which \(former.server.logicalID) no longer publishes: \
    running tasks reach nothing behind it, and after the next deployment of \(client.logicalID) the name is gone
    """
  }

  fileprivate static func names(_ evidence: Evidence) -> Self { "\(evidence.subject) names the endpoint here" }

  fileprivate static func twoSteps(_ client: Service, _ former: FormerEndpoint) -> Self {
    "deploy \(client.logicalID) without \(former.endpoint.display) first, then remove the endpoint"
  }
}
