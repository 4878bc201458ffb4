import BitCollections

/// How some resources of a deployment wait for each other, with all other resources out of sight.
package struct ReducedOrder: Sendable {
  package let resources: [ResourceID]
  /// For each resource the earliest step in which it can start, from 0: how many of the others start one after the other
  /// before it. Those that wait for each other share a step and count once.
  package let steps: [Int]
  private let order: DeploymentOrder
  private let indices: [Int: Int]

  package init(_ resources: [ResourceID], in order: DeploymentOrder) {
    let indices = Dictionary(uniqueKeysWithValues: resources.enumerated().map { (order.node($1), $0) })
    let sums = Circle.steps(weights: order.edges.indices.map { indices[$0] == nil ? 0 : 1 }) { node in
      order.edges[node].map(\.to)
    }
    self.resources = resources
    self.order = order
    self.indices = indices
    steps = resources.map { sums[order.node($0)] - 1 }
  }

  /// Those that a resource waits for with none of the others in between, in its own stack and in earlier steps; ascending.
  package func neighbours(before index: Int) -> [Int] {
    let base = order.bases[resources[index].stack] + 2
    let own = base..<(base + order.group.stacks[resources[index].stack].template.resources.count)
    return search(from: index) { node in own.contains(node) }.filter { steps[$0] < steps[index] }.sorted()
  }

  /// A longest chain of resources that start one after the other, the first of them first.
  package var chain: [Int] {
    guard var last = steps.indices.max(by: { (steps[$0], $1) < (steps[$1], $0) }) else { return [] }
    var chain = [last]
    while let before = predecessor(of: last) {
      chain.append(before)
      last = before
    }
    return chain.reversed()
  }

  /// One that starts a step earlier and that a resource waits for; others of its own step may lie between.
  private func predecessor(of index: Int) -> Int? {
    search(from: index, through: { steps[$0] == steps[index] }) { _ in true }
      .filter { steps[$0] == steps[index] - 1 }.min()
  }

  /// The resources on all ways from one, on each way up to the first that is not gone through.
  private func search(
    from index: Int, through passes: (Int) -> Bool = { _ in false }, _ follows: (Int) -> Bool
  ) -> [Int] {
    var found: [Int] = []
    var seen: BitSet = [order.node(resources[index])]
    var open = [order.node(resources[index])]
    while let node = open.popLast() {
      for edge in order.edges[node] where follows(edge.to) && seen.insert(edge.to).inserted {
        guard let reached = indices[edge.to] else {
          open.append(edge.to)
          continue
        }
        found.append(reached)
        if passes(reached) { open.append(edge.to) }
      }
    }
    return found
  }
}
