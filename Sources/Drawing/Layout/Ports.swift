/// Where edges touch boxes. Edges of a kind come to their server at one point, and from a client each leaves by itself, from
/// top to bottom as they lead on.
struct Ports {
  /// By edge: how far below the middle of its box.
  let server: [Double]
  let client: [Double]
  /// By node: as high as its ports need.
  let heights: [Double]

  private struct Key: Hashable {
    let node: Int
    let isRight: Bool
    let kind: Int
    /// The server that an edge leads to from here; `nil` where it comes from its clients.
    let aim: Int?

    /// Where two edges lead to and fro between two boxes, which of them runs below the other.
    var isLower: Int { isRight == (aim == nil) ? 0 : 1 }
  }

  init(_ graph: LayeredGraph, _ skeleton: Skeleton, _ measures: Measures) {
    let keys = graph.edges.map { edge in
      let isForward = skeleton.items[edge.server].column < skeleton.items[edge.client].column
      return (
        server: Key(node: edge.server, isRight: isForward, kind: edge.kind, aim: nil),
        client: Key(node: edge.client, isRight: !isForward, kind: edge.kind, aim: edge.server)
      )
    }
    // The places in their columns that the edges of a port lead to next.
    let places = skeleton.places
    var aims: [Key: [Int]] = [:]
    for (key, way) in zip(keys, skeleton.ways) {
      aims[key.server, default: []].append(places[way[1]])
      aims[key.client, default: []].append(places[way[way.count - 2]])
    }
    var offsets: [Key: Double] = [:]
    var heights = [Double](repeating: measures.boxHeight, count: graph.nodes.count)
    for side in Dictionary(grouping: aims, by: { [$0.key.node, $0.key.isRight ? 1 : 0] }).values {
      let ports = side.map { key, aims in (key: key, aim: Double(aims.reduce(0, +)) / Double(aims.count)) }
        .sorted {
          ($0.aim, $0.key.isLower, $0.key.kind, $0.key.aim ?? 0) < (
            $1.aim, $1.key.isLower, $1.key.kind, $1.key.aim ?? 0
          )
        }
      let length = measures.portGap * Double(ports.count - 1)
      for (place, port) in ports.enumerated() {
        offsets[port.key] = measures.portGap * Double(place) - length / 2
        heights[port.key.node] = max(heights[port.key.node], length + 2 * measures.portGap)
      }
    }
    server = keys.map { offsets[$0.server] ?? 0 }
    client = keys.map { offsets[$0.client] ?? 0 }
    self.heights = heights
  }
}
