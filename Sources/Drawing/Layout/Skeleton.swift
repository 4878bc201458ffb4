/// A graph as what stands in its columns: boxes, and passes, by which longer edges get through the columns between their
/// ends. Graphviz calls these virtual nodes; here edges of a kind to the same server share them, so that they become one
/// stream.
struct Skeleton {
  struct Item {
    let column: Int
    let lane: Int
    /// The node that a box is for; `nil` for a pass.
    let node: Int?
    var neighbours: Neighbours = Neighbours()
  }

  /// The items in the columns to the left and to the right that edges lead to, each once.
  struct Neighbours {
    var left: [Int] = []
    var right: [Int] = []
  }

  /// The boxes first, in the order of the nodes.
  private(set) var items: [Item]
  /// From top to bottom, lane by lane.
  var columns: [[Int]]
  /// For each edge its items from the server to the client.
  private(set) var ways: [[Int]] = []

  /// The place of each item in its column.
  var places: [Int] {
    var places = [Int](repeating: 0, count: items.count)
    for column in columns { for (place, item) in column.enumerated() { places[item] = place } }
    return places
  }

  /// What edges may share a pass.
  private struct PassKey: Hashable {
    let server: Int
    let kind: Int
    let column: Int
    let lane: Int
  }

  init(_ graph: LayeredGraph, _ columns: Columns, _ lanes: Lanes) {
    items = graph.nodes.enumerated().map { node, place in
      Item(column: columns.column[node], lane: lanes.lane[place.frame], node: node)
    }
    self.columns = []
    var passes: [PassKey: Int] = [:]
    var joined: Set<[Int]> = []
    for edge in graph.edges {
      let lane = lanes.lane(of: edge, graph)
      let (start, end) = (columns.column[edge.server], columns.column[edge.client])
      let step = start < end ? 1 : -1
      var way = [edge.server]
      for column in stride(from: start + step, to: end, by: step) {
        let key = PassKey(server: edge.server, kind: edge.kind, column: column, lane: lane)
        if passes[key] == nil {
          passes[key] = items.count
          items.append(Item(column: column, lane: lane, node: nil))
        }
        passes[key].map { way.append($0) }
      }
      way.append(edge.client)
      ways.append(way)
      for (one, other) in zip(way, way.dropFirst()) {
        let (left, right) = step > 0 ? (one, other) : (other, one)
        guard joined.insert([left, right]).inserted else { continue }
        items[left].neighbours.right.append(right)
        items[right].neighbours.left.append(left)
      }
    }
    self.columns = (0..<columns.count).map { column in
      items.indices.filter { items[$0].column == column }
        .sorted { (items[$0].lane, $0) < (items[$1].lane, $1) }
    }
  }
}
