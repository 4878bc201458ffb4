import BitCollections

/// The resources that some resources wait for, under whatever conditions, themselves included.
package struct Reached: Sendable {
  private let order: DeploymentOrder
  private let nodes: BitSet

  package init(from starts: [ResourceID], in order: DeploymentOrder) {
    self.order = order
    var seen = BitSet(starts.map(order.node))
    var open = Array(seen)
    while let node = open.popLast() {
      for edge in order.edges[node] where seen.insert(edge.to).inserted { open.append(edge.to) }
    }
    nodes = seen
  }

  package func contains(_ resource: ResourceID) -> Bool { nodes.contains(order.node(resource)) }
}
