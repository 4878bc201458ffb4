package import Deployment
package import Services

/// A client and a server that it surely connects to by Service Connect, and what is wrong with their order.
package struct Pair: Sendable {
  package let client: Service
  package let server: Service
  /// The endpoints the client looks up, each with its evidence; never empty.
  package let connections: [Connection]
  /// Whether client, server, connection, endpoint or the lack of order is new on this side.
  package let isNew: Bool
  /// Whether the old side has the endpoint already, so that a running server keeps this deployment from harm.
  package let wasPublished: Bool
  package let fault: Fault?
  /// The number of the circle of clients and servers that holds both; `nil` when they are in none.
  package let circle: Int?
  /// Whether a dependency from client to server, together with those suggested for the pairs before it, closes no circle.
  package let canBeOrdered: Bool
  /// Whether a deployment has the client and not the server, so that `DependsOn` cannot name it.
  package let serverMayBeMissing: Bool

  package var relation: Waits.Relation { connections[0].relation }
  package var endpoint: Endpoint { connections[0].endpoint }

  /// What makes a diagnostic about the pair the same in another revision.
  package var identity: [String] {
    [client.name.path.description, client.logicalID, server.name.path.description, server.logicalID, endpoint.display]
  }

  /// What is wrong with a pair. Where several things are, the first of these counts, and only its rule speaks.
  package enum Fault: Int, Sendable {
    /// Both are in a circle of clients and servers.
    case mutual
    case reversed
    /// In two stacks that are not ordered.
    case unorderedStacks
    case unordered
    case implicit
  }
}

extension Pair {
  /// The pairs of a model in the order of its connections.
  static func all(in model: ServiceModel, old: ServiceModel?) -> [Pair] {
    let sure = model.connections.filter { $0.strength > .weak }
    var order: [[ResourceID]] = []
    var connections: [[ResourceID]: [Connection]] = [:]
    for connection in sure {
      let ends = [connection.client, connection.server]
      if connections[ends] == nil { order.append(ends) }
      connections[ends, default: []].append(connection)
    }
    let circles = circleMembership(model, order)
    let refused = model.order.closingCircles(order.map { (from: $0[0], to: $0[1]) })
    let before = OldSide(old)
    var conditions = model.order.conditions
    return order.enumerated().map { index, ends in
      let found = connections[ends] ?? []
      let client = model[ends[0]]
      let server = model[ends[1]]
      let circle = circles[ends[0]] == circles[ends[1]] ? circles[ends[0]] : nil
      return Pair(
        client: client, server: server, connections: found,
        isNew: found.contains { !before.hasUnordered($0, client, server) },
        wasPublished: found.allSatisfy { before.publishes($0.endpoint, server) },
        fault: fault(found[0], isMutual: circle != nil), circle: circle, canBeOrdered: !refused.contains(index),
        serverMayBeMissing: conditions.mayExist(ends[0], without: ends[1]))
    }
  }

  private static func fault(_ connection: Connection, isMutual: Bool) -> Fault? {
    if isMutual { return .mutual }
    switch connection.relation {
    case .reversed: return .reversed
    case .none: return connection.client.stack == connection.server.stack ? .unordered : .unorderedStacks
    case .implicit: return .implicit
    case .explicit, .stack, .cycle, .unknown: return nil
    }
  }

  /// The circles of services that connect to each other, by a number for each service in one.
  private static func circleMembership(_ model: ServiceModel, _ order: [[ResourceID]]) -> [ResourceID: Int] {
    let ids = model.services.map(\.id)
    let numbers = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
    let servers = Dictionary(grouping: order) { $0[0] }.mapValues { $0.compactMap { numbers[$0[1]] } }
    let circles = Circle.all(count: ids.count) { servers[ids[$0]] ?? [] }
    var membership: [ResourceID: Int] = [:]
    for (number, circle) in circles.enumerated() { for member in circle.members { membership[ids[member]] = number } }
    return membership
  }
}

/// What the old side knew of pairs.
private struct OldSide {
  private let model: ServiceModel?
  /// Connections of the old side whose pair was not ordered then, and endpoints, by names that outlive a revision.
  private var unordered: Set<[String]> = []
  private var published: Set<[String]> = []

  init(_ model: ServiceModel?) {
    self.model = model
    guard let model else { return }
    for connection in model.connections where connection.strength > .weak {
      guard connection.relation == .none || connection.relation == .reversed else { continue }
      unordered.insert(OldSide.key(connection, model[connection.client], model[connection.server]))
    }
    for service in model.services {
      for endpoint in service.connect?.endpoints ?? [] { published.insert(OldSide.key(endpoint, service)) }
    }
  }

  func hasUnordered(_ connection: Connection, _ client: Service, _ server: Service) -> Bool {
    unordered.contains(OldSide.key(connection, client, server))
  }

  func publishes(_ endpoint: Endpoint, _ server: Service) -> Bool {
    published.contains(OldSide.key(endpoint, server))
  }

  private static func key(_ connection: Connection, _ client: Service, _ server: Service) -> [String] {
    [client.name.path.description, client.logicalID] + key(connection.endpoint, server)
  }

  private static func key(_ endpoint: Endpoint, _ server: Service) -> [String] {
    [server.name.path.description, server.logicalID, endpoint.display]
  }
}
