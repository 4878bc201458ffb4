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
  /// What the change does to the client; `nil` when it is new or there is no old side.
  package let clientUpdate: ServiceUpdate?
  /// How the client stood to the server on the old side; `nil` when it had no such connection.
  package let relationBefore: Waits.Relation?
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
    /// The endpoint is new, and the client, which was there before, is not deployed by the change.
    case notRedeployed
    /// Ordered before, and not now.
    case dropped
    /// In two stacks that are not ordered.
    case unorderedStacks
    case unordered
    case implicit
  }
}

/// Finds the pairs of a model and judges each against the old side.
struct PairReader {
  private let model: ServiceModel
  private let past: Past
  private let updates: ServiceUpdates

  init(_ model: ServiceModel, old: ServiceModel?, _ updates: ServiceUpdates) {
    self.model = model
    past = Past(old)
    self.updates = updates
  }

  /// The pairs in the order of the model's connections.
  func pairs() -> [Pair] {
    var order: [[ResourceID]] = []
    var connections: [[ResourceID]: [Connection]] = [:]
    for connection in model.connections where connection.needsOrder {
      let ends = [connection.client, connection.server]
      if connections[ends] == nil { order.append(ends) }
      connections[ends, default: []].append(connection)
    }
    let circles = circleMembership(order)
    // Between services that connect to each other no dependency is suggested.
    let wanted = order.filter { circles[$0[0]] == nil || circles[$0[0]] != circles[$0[1]] }
    let refused = Set(model.order.closingCircles(wanted.map { (from: $0[0], to: $0[1]) }).map { wanted[$0] })
    var conditions = model.order.conditions
    return order.map { ends in
      pair(
        model[ends[0]], model[ends[1]], connections[ends] ?? [],
        circle: circles[ends[0]] == circles[ends[1]] ? circles[ends[0]] : nil, canBeOrdered: !refused.contains(ends),
        serverMayBeMissing: conditions.mayExist(ends[0], without: ends[1]))
    }
  }

  private func pair(
    _ client: Service, _ server: Service, _ found: [Connection], circle: Int?, canBeOrdered: Bool,
    serverMayBeMissing: Bool
  ) -> Pair {
    // A new endpoint is what the client may fail to learn, so it speaks for the pair.
    let fresh = found.first { !past.publishes($0.endpoint) }
    let connections = [fresh].compactMap(\.self) + found.filter { $0.endpoint != fresh?.endpoint }
    let update = updates.update(of: client)
    return Pair(
      client: client, server: server, connections: connections,
      isNew: found.contains { !(past.relation(of: $0, client, server).map(isUnordered) ?? false) },
      wasPublished: fresh == nil, clientUpdate: update,
      relationBefore: past.relation(of: connections[0], client, server),
      fault: fault(connections[0], client, server, isMutual: circle != nil, isFresh: fresh != nil, update),
      circle: circle, canBeOrdered: canBeOrdered, serverMayBeMissing: serverMayBeMissing)
  }

  private func fault(
    _ connection: Connection, _ client: Service, _ server: Service, isMutual: Bool, isFresh: Bool,
    _ update: ServiceUpdate?
  ) -> Pair.Fault? {
    if isMutual { return .mutual }
    if connection.relation == .reversed { return .reversed }
    if isFresh, let update, !update.startsDeployment { return .notRedeployed }
    let before = past.relation(of: connection, client, server)
    if connection.relation == .none, let before, isOrdered(before) { return .dropped }
    switch connection.relation {
    case .none: return connection.client.stack == connection.server.stack ? .unordered : .unorderedStacks
    case .implicit: return .implicit
    case .reversed, .explicit, .stack, .cycle, .unknown: return nil
    }
  }

  private func isUnordered(_ relation: Waits.Relation) -> Bool { [.none, .reversed].contains(relation) }

  private func isOrdered(_ relation: Waits.Relation) -> Bool { [.explicit, .implicit, .stack].contains(relation) }

  /// The circles of services that connect to each other, by a number for each service in one.
  private func circleMembership(_ order: [[ResourceID]]) -> [ResourceID: Int] {
    let ids = model.services.map(\.id)
    let numbers = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
    let servers = Dictionary(grouping: order) { $0[0] }.mapValues { $0.compactMap { numbers[$0[1]] } }
    let circles = Circle.all(count: ids.count) { servers[ids[$0]] ?? [] }
    var membership: [ResourceID: Int] = [:]
    for (number, circle) in circles.enumerated() { for member in circle.members { membership[ids[member]] = number } }
    return membership
  }
}
