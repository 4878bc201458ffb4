import BitCollections
import DequeModule

/// Questions to a deployment order, whose answers it remembers: who waits for whom, always or under conditions.
package struct Waits {
  typealias Formula = ConditionSpace.Formula

  private let order: DeploymentOrder
  /// The space in which premises must be made: a formula means nothing in another copy.
  package var conditions: ConditionSpace
  /// For a node those that it may wait for, itself included; over all edges, and over edges without conditions.
  private var possible: [Int: BitSet] = [:]
  private var sure: [Int: BitSet] = [:]
  /// The same for nodes that always exist: what is known of another one holds only where that exists.
  private var surelyBehind: [Int: BitSet] = [:]
  /// For a node when it waits for each of those that it may wait for.
  private var formulas: [Int: [Int: Formula]] = [:]

  package init(_ order: DeploymentOrder) {
    self.order = order
    conditions = order.conditions
  }

  /// Whether there is a path from a resource to another one, under whatever conditions.
  package mutating func mayWait(_ resource: ResourceID, for other: ResourceID) -> Bool {
    reached(from: order.node(resource)).contains(order.node(other))
  }

  /// How a client stands to a server.
  ///
  /// - Parameter premise: when the client connects to the server at all; both must exist for that.
  /// - Returns: the relation, and in which deployments the client does not wait where it does in others; `nil` when no
  ///   deployment has both and the connection.
  package mutating func relation(
    of client: ResourceID, to server: ResourceID, when premise: ConditionSpace.Formula
  ) -> (relation: Relation, missing: ConditionSpace.Formula)? {
    let shown = relationShown(of: client, to: server, when: premise)
    guard shown?.relation == Relation.none, !order.hidden.isDisjoint(with: reached(from: order.node(client))) else {
      return shown
    }
    return (.unknown, .always)
  }

  /// In which deployments a resource waits for none of some others, of which one is enough; `nil` when in none, or when
  /// nobody can tell.
  ///
  /// - Parameters:
  ///   - others: each with when it is what the resource needs.
  ///   - premise: when the resource needs one of them at all.
  package mutating func gap(
    of resource: ResourceID, before others: [(id: ResourceID, formula: ConditionSpace.Formula)],
    when premise: ConditionSpace.Formula
  ) -> ConditionSpace.Formula? {
    let from = order.node(resource)
    let reached = reached(from: from)
    guard order.hidden.isDisjoint(with: reached) else { return nil }
    if conditions.isExhausted {
      let isSure = others.contains { $0.formula == .always && conditions.existence(of: $0.id) == .always }
      let isAwaited = others.contains { reached.contains(order.node($0.id)) }
      return premise == .always && isSure && !isAwaited ? .always : nil
    }
    var given: [Formula] = []
    var awaited: [Formula] = []
    for other in others {
      let exists = conditions.all(other.formula, conditions.existence(of: other.id))
      given.append(exists)
      let node = order.node(other.id)
      guard reached.contains(node) else { continue }
      let waits = surelyReached(from: from).contains(node) ? .always : formula(from, node)
      awaited.append(conditions.all(exists, waits))
    }
    let needed = conditions.all(premise, conditions.existence(of: resource), conditions.any(given))
    let missing = conditions.all(needed, conditions.not(conditions.any(awaited)))
    return conditions.isPossible(missing) ? missing : nil
  }

  /// The relation as far as the templates show it.
  private mutating func relationShown(
    of client: ResourceID, to server: ResourceID, when premise: ConditionSpace.Formula
  ) -> (relation: Relation, missing: ConditionSpace.Formula)? {
    let connected = conditions.all(
      premise, conditions.existence(of: client), conditions.existence(of: server))
    guard conditions.isExhausted || conditions.isPossible(connected) else { return nil }
    // Whether a deployment may have no such pair at all, which nobody can tell any more.
    let isDoubtful = conditions.isExhausted && connected != .always
    let from = order.node(client)
    let to = order.node(server)
    let forward = reached(from: from).contains(to)
    let backward = reached(from: to).contains(from)
    switch (forward, backward) {
    case (false, false): return (isDoubtful ? .unknown : .none, .always)
    case (false, true):
      if isDoubtful { return (.unknown, .always) }
      let isSure = surelyReached(from: to).contains(from)
      return (isSure || !isMissing(to, from, when: connected) ? .reversed : .none, .always)
    case (true, true):
      if surelyReached(from: from).contains(to), surelyReached(from: to).contains(from) { return (.cycle, .always) }
    case (true, false): break
    }
    if !surelyReached(from: from).contains(to) {
      if conditions.isExhausted { return (.unknown, .always) }
      let missing = conditions.all(connected, conditions.not(formula(from, to)))
      if conditions.isPossible(missing) {
        // Where the client does not wait, does the server?
        let reversed = backward && !isMissing(to, from, when: missing)
        return (reversed ? .reversed : .none, missing)
      }
    }
    return (ordered(client, server, when: connected), .always)
  }

  /// What kind of order it is when the client always waits.
  private mutating func ordered(_ client: ResourceID, _ server: ResourceID, when connected: Formula) -> Relation {
    if client.stack != server.stack { return .stack }
    let from = order.node(client)
    let base = order.bases[server.stack] + 2
    let lastSteps = order.group.stacks[server.stack].graph.explicitDependents(of: server.index).map { base + $0 }
    let known = surelyReached(from: from)
    if lastSteps.contains(where: known.contains) { return .explicit }
    guard lastSteps.contains(where: reached(from: from).contains), !conditions.isExhausted else { return .implicit }
    let ways = lastSteps.map { formula(from, $0) }
    let explicit = conditions.any(ways)
    return conditions.isPossible(conditions.all(connected, conditions.not(explicit))) ? .implicit : .explicit
  }

  private mutating func isMissing(_ from: Int, _ to: Int, when premise: Formula) -> Bool {
    if surelyReached(from: from).contains(to) { return false }
    return conditions.isExhausted || conditions.isPossible(conditions.all(premise, conditions.not(formula(from, to))))
  }

  private mutating func reached(from start: Int) -> BitSet {
    if let known = possible[start] { return known }
    let found = search(from: start, knowing: possible) { _, _ in true }
    possible[start] = found
    return found
  }

  /// What a node waits for in every deployment in which that exists.
  private mutating func surelyReached(from start: Int) -> BitSet {
    if order.conditions.isTrivial { return reached(from: start) }
    if let known = sure[start] { return known }
    let found = search(from: start, knowing: surelyBehind) { node, edge in
      edge.formula == .always && (node == start || order.existence[node] == nil)
    }
    sure[start] = found
    if order.existence[start] == nil { surelyBehind[start] = found }
    return found
  }

  /// The nodes on all ways from one, with those that are known to lie behind a node on the way.
  private func search(
    from start: Int, knowing known: [Int: BitSet], _ follows: (Int, DeploymentOrder.Edge) -> Bool
  ) -> BitSet {
    var seen: BitSet = [start]
    var open = [start]
    while let node = open.popLast() {
      for edge in order.edges[node] where !seen.contains(edge.to) && follows(node, edge) {
        if let behind = known[edge.to] {
          seen.formUnion(behind)
        } else {
          seen.insert(edge.to)
          open.append(edge.to)
        }
      }
    }
    return seen
  }

  /// When `from` waits for `to`.
  private mutating func formula(_ from: Int, _ to: Int) -> Formula {
    if formulas[from] == nil { formulas[from] = formulas(from: from) }
    return formulas[from]?[to] ?? .never
  }

  /// For every node when there is a path to it; grows until nothing changes, circles included.
  private mutating func formulas(from start: Int) -> [Int: Formula] {
    var formulas = [start: Formula.always]
    var open: Deque = [start]
    while let node = open.popFirst(), let formula = formulas[node] {
      for edge in order.edges[node] {
        let way = conditions.all(formula, edge.formula, order.existence[edge.to] ?? .always)
        let before = formulas[edge.to] ?? .never
        let now = conditions.any([before, way])
        if now != before {
          formulas[edge.to] = now
          open.append(edge.to)
        }
      }
    }
    return formulas
  }
}

extension Waits {
  /// How a client stands to a server in the order.
  package enum Relation: String, Sendable {
    /// A deployment in which no path leads either way: CloudFormation may start both at the same time.
    case none
    /// The client waits, but no path's last step into the server is `DependsOn`.
    case implicit
    /// The client waits, and the last step of a path into the server is `DependsOn`.
    case explicit
    /// Each waits for the other: CloudFormation refuses the template.
    case cycle
    /// The client's stack is deployed after the server's.
    case stack
    /// The server waits for the client.
    case reversed
    /// A part of the template is hidden, or its conditions are too many.
    case unknown
  }
}
