import Deployment
import Diagnostics
import Services

/// What the old side knew of connections and endpoints, by names that outlive a revision.
struct Past {
  private var relations: [Key: Waits.Relation] = [:]
  /// Hosts and ports, whoever published them: the name is what clients have learned.
  private var published: Set<String> = []

  init(_ model: ServiceModel?) {
    guard let model else { return }
    for connection in model.connections where connection.needsOrder {
      relations[Past.key(connection, model[connection.client], model[connection.server])] = connection.relation
    }
    for service in model.services {
      for endpoint in service.connect?.endpoints ?? [] { published.insert(endpoint.display) }
    }
  }

  /// How the client stood to the server; `nil` when there was no such connection.
  func relation(of connection: Connection, _ client: Service, _ server: Service) -> Waits.Relation? {
    relations[Past.key(connection, client, server)]
  }

  func publishes(_ endpoint: Endpoint) -> Bool { published.contains(endpoint.display) }

  private struct Key: Hashable {
    let client: Report.Resource
    let server: Report.Resource
    let endpoint: String
  }

  private static func key(_ connection: Connection, _ client: Service, _ server: Service) -> Key {
    Key(client: client.name, server: server.name, endpoint: connection.endpoint.display)
  }
}
