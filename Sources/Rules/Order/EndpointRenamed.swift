import Diagnostics
import Services

/// An endpoint that gets another name or port. A client that still uses the old one finds nothing after its next
/// deployment, and one that moves with it loses the old name until its own deployment ends.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ecs-service-serviceconnectclientalias.html
struct EndpointRenamed: Rule {
  static let description = RuleDescription(
    id: "endpoint-renamed", severity: .error, group: .order,
    summary: "an endpoint gets another name or port, and a client still uses the old one", needsOldSide: true,
    spansRoots: true)

  func check(_ change: Change) -> [Diagnostic] {
    FormerEndpoint.all(in: change).flatMap { former -> [Diagnostic] in
      guard let successor = former.successor, let server = change.new[former.server.name] else { return [] }
      guard !former.clients.isEmpty else {
        return [
          diagnostic(.notice, .unseen(server, former, successor), server, [], former, nil)
        ]
      }
      return former.clients.map { client, evidence in
        evidence.isEmpty
          ? diagnostic(.warning, .moved(client, former, successor), client, [], former, nil)
          : diagnostic(
            .error, .left(client, former, successor), client, evidence, former,
            Fix(summary: "\(Diagnostic.Message.move(client, successor))"))
      }
    }
  }

  private func diagnostic(
    _ severity: Severity, _ message: Diagnostic.Message, _ service: Service, _ evidence: [Evidence],
    _ former: FormerEndpoint, _ fix: Fix?
  ) -> Diagnostic {
    Diagnostic(
      rule: Self.description.id, severity: severity, message, at: service.location, service: service.logicalID,
      construct: service.constructPath, notes: evidence.map { .init(.names($0), at: $0.location) }, fix: fix,
      identity: [
        service.name.path.description, service.logicalID, former.server.name.path.description,
        former.server.logicalID, former.endpoint.display,
      ])
  }
}

extension Diagnostic.Message {
  fileprivate static func left(_ client: Service, _ former: FormerEndpoint, _ successor: Endpoint) -> Self {
    """
    \(client.logicalID) still uses \(former.endpoint.display), which \(former.server.logicalID) now publishes as \
    \(successor.display): its tasks will not resolve it after the next deployment of \(client.logicalID)
    """
  }

  fileprivate static func moved(_ client: Service, _ former: FormerEndpoint, _ successor: Endpoint) -> Self {
    """
    \(former.server.logicalID) renames \(former.endpoint.display) to \(successor.display) together with its client: \
    running tasks of \(client.logicalID) lose the old name until the deployment of \(client.logicalID) ends
    """
  }

  fileprivate static func unseen(_ server: Service, _ former: FormerEndpoint, _ successor: Endpoint) -> Self {
    """
    \(server.logicalID) renames \(former.endpoint.display) to \(successor.display): no client is seen here, but others \
    in the namespace may still use the old name
    """
  }

  fileprivate static func names(_ evidence: Evidence) -> Self { "\(evidence.subject) names the old endpoint here" }

  fileprivate static func move(_ client: Service, _ successor: Endpoint) -> Self {
    """
    publish both at first (another entry under Services on a second named port), let \(client.logicalID) use \
    \(successor.display), then take the old one away
    """
  }
}
