import Deployment
import Diagnostics
import Services

/// A client and a server by Cloud Map DNS or a load balancer's name, not ordered. Such names resolve as soon as the server
/// is there, without another deployment of the client, so the rule is off unless somebody wants the order all the same.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html
struct DiscoveryOrder: Rule {
  static let description = RuleDescription(
    id: "discovery-order", severity: nil, group: .serviceConnect,
    summary: "a client and a server by Cloud Map DNS or load balancer name, not ordered")

  func check(_ change: Change) -> [Diagnostic] {
    var seen: Set<[ResourceID]> = []
    return change.new.connections.compactMap { connection -> Diagnostic? in
      let client = change.new[connection.client]
      let server = change.new[connection.server]
      guard [.cloudMap, .loadBalancer].contains(connection.mechanism), connection.strength > .weak,
        connection.ignored == nil, [.none, .reversed].contains(connection.relation),
        change.affected.contains(client.name) || change.affected.contains(server.name),
        seen.insert([client.id, server.id]).inserted
      else { return nil }
      let evidence = connection.evidence.filter { $0.strength > .weak }
      return Diagnostic(
        rule: Self.description.id, severity: .notice, .notOrdered(client, server, connection), at: client.location,
        service: client.logicalID, construct: client.constructPath,
        notes: evidence.map { .init(.names($0), at: $0.location) } + [.init(.declared(server), at: server.location)],
        fix: Fix(summary: "\(Diagnostic.Message.order(client, server))"),
        identity: [
          client.name.path.description, client.logicalID, server.name.path.description, server.logicalID,
          connection.endpoint.display,
        ])
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func notOrdered(_ client: Service, _ server: Service, _ connection: Connection) -> Self {
    """
    \(client.logicalID) may start before \(server.logicalID): its first calls of \(connection.endpoint.display) may fail; \
    the name resolves by itself once \(server.logicalID) is there
    """
  }

  fileprivate static func names(_ evidence: Evidence) -> Self { "\(evidence.subject) names the server here" }

  fileprivate static func declared(_ server: Service) -> Self { "\(server.logicalID) is declared here" }

  fileprivate static func order(_ client: Service, _ server: Service) -> Self {
    "let \(client.logicalID) depend on \(server.logicalID), if its tasks do not try again by themselves"
  }
}
