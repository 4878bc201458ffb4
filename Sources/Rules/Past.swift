import Deployment
import Services

/// What the old side knew of connections and endpoints, by names that outlive a revision.
struct Past {
  private var relations: [[String]: Waits.Relation] = [:]
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

  private static func key(_ connection: Connection, _ client: Service, _ server: Service) -> [String] {
    [client, server].flatMap { [$0.name.path.description, $0.logicalID] } + [connection.endpoint.display]
  }
}

/// What a change does to services that both sides have, each found when it is asked for.
struct ServiceUpdates {
  private let old: ServiceModel?
  private let resolvers: (old: ResourceResolver, new: ResourceResolver)?

  init(from old: ServiceModel?, to new: ServiceModel) {
    self.old = old
    resolvers = old.map { (ResourceResolver($0), ResourceResolver(new)) }
  }

  /// The create-only properties that differ.
  func replacingProperties(of service: Service) -> [String] {
    guard let resolvers, let before = old?[service.name] else { return [] }
    return ServiceUpdate.replacing.filter { property in
      resolvers.new.resolved(service.id).properties[property] != resolvers.old.resolved(before.id).properties[property]
    }
    .sorted()
  }

  /// `nil` for a new service, or without an old side.
  func update(of service: Service) -> ServiceUpdate? {
    guard let resolvers, let before = old?[service.name] else { return nil }
    return ServiceUpdate(from: (before, resolvers.old), to: (service, resolvers.new))
  }
}
