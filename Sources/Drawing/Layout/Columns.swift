/// The columns of a graph, from 0 on the left. A wave has as many as it needs for no edge to stay inside of one: there a
/// client stands to the right of its server, as it would if it waited.
struct Columns {
  /// By node.
  let column: [Int]
  /// In their order.
  let waves: [(wave: Int, columns: Range<Int>)]

  var count: Int { waves.last?.columns.upperBound ?? 0 }

  /// - Parameter tallest: of how many nodes of one frame a column consists at most.
  init(_ graph: LayeredGraph, tallest: Int) {
    var column = [Int](repeating: 0, count: graph.nodes.count)
    var waves: [(wave: Int, columns: Range<Int>)] = []
    let layers = Columns.layers(graph)
    var next = 0
    for (wave, members) in Dictionary(grouping: graph.nodes.indices, by: { graph.nodes[$0].wave }).sorted(
      by: { $0.key < $1.key })
    {
      let start = next
      for (_, layer) in Dictionary(grouping: members, by: { layers[$0] }).sorted(by: { $0.key < $1.key }) {
        var width = 0
        for (_, tower) in Dictionary(grouping: layer, by: { graph.nodes[$0].frame }) {
          let parts = (tower.count + tallest - 1) / tallest
          for (place, node) in tower.enumerated() { column[node] = next + place * parts / tower.count }
          width = max(width, parts)
        }
        next += width
      }
      waves.append((wave, start..<next))
    }
    self.column = column
    self.waves = waves
  }

  /// For each node the length of the longest way over edges of its wave, without those that close a circle.
  private static func layers(_ graph: LayeredGraph) -> [Int] {
    var servers = [[Int]](repeating: [], count: graph.nodes.count)
    for edge in graph.edges where graph.nodes[edge.client].wave == graph.nodes[edge.server].wave {
      servers[edge.client].append(edge.server)
    }
    var layers = [Int?](repeating: nil, count: graph.nodes.count)
    var isOpen = [Bool](repeating: false, count: graph.nodes.count)
    for root in graph.nodes.indices where layers[root] == nil {
      isOpen[root] = true
      var way = [(node: root, next: 0)]
      while let (node, next) = way.last {
        guard next < servers[node].count else {
          // Every server but those that are still open is done, and stands further to the left.
          layers[node] = (servers[node].compactMap { layers[$0] }.max() ?? -1) + 1
          isOpen[node] = false
          way.removeLast()
          continue
        }
        way[way.count - 1].next += 1
        let server = servers[node][next]
        if layers[server] == nil, !isOpen[server] {
          isOpen[server] = true
          way.append((server, 0))
        }
      }
    }
    return layers.map { $0 ?? 0 }
  }
}
