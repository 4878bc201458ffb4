/// What is to be laid out: nodes in waves and frames, and edges between them.
struct LayeredGraph {
  struct Node {
    /// Nodes of a later wave stand further to the right.
    let wave: Int
    /// Frames are numbered from 0; each is a rectangle that holds its nodes and no others.
    let frame: Int
  }

  /// An edge from a client to the server that it leads to, whichever of the two stands further to the left.
  struct Edge {
    let client: Int
    let server: Int
    /// Edges of a kind to the same server share their way as far as they can.
    let kind: Int
  }

  var nodes: [Node] = []
  /// Between two different nodes each.
  var edges: [Edge] = []

  var frameCount: Int { (nodes.map(\.frame).max() ?? -1) + 1 }
}
