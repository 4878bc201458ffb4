import Support

@testable import Drawing

/// Graphs of services as they come, and worse: waves, frames and edges at random, the same for the same seed.
enum RandomGraph {
  static func make(seed: UInt64) -> LayeredGraph {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...(seed % 10 == 0 ? 120 : 25), using: &generator)
    let waves = Int.random(in: 1...5, using: &generator)
    let frames = Int.random(in: 1...min(6, count), using: &generator)
    var graph = LayeredGraph()
    graph.nodes = (0..<count).map { node in
      // Each frame has a node.
      LayeredGraph.Node(
        wave: Int.random(in: 0..<waves, using: &generator),
        frame: node < frames ? node : Int.random(in: 0..<frames, using: &generator))
    }
    guard count > 1 else { return graph }
    let edges = Int.random(in: 0...(2 * count), using: &generator)
    graph.edges = (0..<edges).map { _ in
      let client = Int.random(in: 0..<count, using: &generator)
      let server = (client + Int.random(in: 1..<count, using: &generator)) % count
      return LayeredGraph.Edge(client: client, server: server, kind: Int.random(in: 0..<3, using: &generator))
    }
    return graph
  }
}
