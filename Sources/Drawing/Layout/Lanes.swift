/// The lanes of a graph from top to bottom. A row is a lane with frames side by side that share no column; above and
/// below each row is a gap, a lane for edges that pass it by. Gaps have even numbers, rows have odd ones.
struct Lanes {
  /// By frame; always odd.
  let lane: [Int]
  /// By frame.
  let columns: [ClosedRange<Int>]
  let count: Int

  init(_ graph: LayeredGraph, _ columns: Columns) {
    let spans = Dictionary(grouping: graph.nodes.indices) { graph.nodes[$0].frame }.mapValues { nodes in
      let found = nodes.map { columns.column[$0] }
      return (found.min() ?? 0)...(found.max() ?? 0)
    }
    let ranges = (0..<graph.frameCount).map { spans[$0] ?? 0...0 }
    let weights = Lanes.weights(graph)
    var rows: [[Int]] = []
    for frame in ranges.indices.sorted(by: { (ranges[$0].lowerBound, $0) < (ranges[$1].lowerBound, $1) }) {
      let free = rows.indices.filter { row in rows[row].allSatisfy { !ranges[$0].overlaps(ranges[frame]) } }
      // The row with most connections; of several the first.
      let ties = free.map { row in rows[row].reduce(0) { $0 + weights[frame][$1, default: 0] } }
      if let most = ties.max(), let place = ties.firstIndex(of: most) {
        rows[free[place]].append(frame)
      } else {
        rows.append([frame])
      }
    }
    Lanes.arrange(&rows, weights)
    var lane = [Int](repeating: 1, count: ranges.count)
    for (row, frames) in rows.enumerated() { for frame in frames { lane[frame] = 2 * row + 1 } }
    self.lane = lane
    self.columns = ranges
    count = 2 * rows.count + 1
  }

  /// The lane in which an edge passes the columns between its ends.
  func lane(of edge: LayeredGraph.Edge, _ graph: LayeredGraph) -> Int {
    let frames = [edge.client, edge.server].map { graph.nodes[$0].frame }
    let (client, server) = (lane[frames[0]], lane[frames[1]])
    // Past other rows it runs beside the row of its server, where it meets others that go there.
    return client == server ? server : client > server ? server + 1 : server - 1
  }

  /// For each frame how many edges lead to each other one.
  private static func weights(_ graph: LayeredGraph) -> [[Int: Int]] {
    var weights = [[Int: Int]](repeating: [:], count: graph.frameCount)
    for edge in graph.edges {
      let (client, server) = (graph.nodes[edge.client].frame, graph.nodes[edge.server].frame)
      guard client != server else { continue }
      weights[client][server, default: 0] += 1
      weights[server][client, default: 0] += 1
    }
    return weights
  }

  /// Exchanges neighbouring rows as long as that makes edges between rows shorter.
  private static func arrange(_ rows: inout [[Int]], _ weights: [[Int: Int]]) {
    var place: [Int: Int] = [:]
    for (row, frames) in rows.enumerated() { for frame in frames { place[frame] = row } }
    // What lies below a row pulls it down, what lies above it up; what lies in the other of the two does neither.
    let pull = { (row: [Int], other: [Int], at: Int) in
      row.flatMap { weights[$0] }.filter { !other.contains($0.key) && !row.contains($0.key) }
        .reduce(0) { $0 + ((place[$1.key] ?? 0) > at ? $1.value : -$1.value) }
    }
    for _ in rows.indices {
      var isChanged = false
      for upper in rows.indices.dropLast()
      where pull(rows[upper], rows[upper + 1], upper) > pull(rows[upper + 1], rows[upper], upper) {
        rows.swapAt(upper, upper + 1)
        for row in [upper, upper + 1] { for frame in rows[row] { place[frame] = row } }
        isChanged = true
      }
      if !isChanged { return }
    }
  }
}
