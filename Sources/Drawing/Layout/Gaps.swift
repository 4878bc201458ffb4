/// The gaps between columns, each as wide as the edges that climb in it need, and with them where columns and edges lie.
struct Gaps {
  /// Where each column begins.
  let lefts: [Double]
  /// By gap; the first lies to the right of the first column.
  private let channels: [Channel]
  private let graph: LayeredGraph
  private let skeleton: Skeleton
  private let measures: Measures
  /// The heights of each edge from its server to its client, item by item.
  private let heights: [[Double]]

  init(
    _ graph: LayeredGraph, _ skeleton: Skeleton, _ ports: Ports, _ middles: [Double], _ columns: Columns,
    _ measures: Measures
  ) {
    let heights = skeleton.ways.enumerated().map { edge, way in
      way.indices.map { step in
        middles[way[step]] + (step == 0 ? ports.server[edge] : step == way.count - 1 ? ports.client[edge] : 0)
      }
    }
    var climbs: [[(stream: Channel.Stream, left: Double, right: Double)]] = Array(
      repeating: [], count: max(0, columns.count - 1))
    for (edge, way) in skeleton.ways.enumerated() {
      for step in way.indices.dropLast() {
        let (from, to) = (skeleton.items[way[step]].column, skeleton.items[way[step + 1]].column)
        let ends = (heights[edge][step], heights[edge][step + 1])
        climbs[min(from, to)].append(
          (
            stream: Channel.Stream(item: way[step], kind: graph.edges[edge].kind), left: from < to ? ends.0 : ends.1,
            right: from < to ? ends.1 : ends.0
          ))
      }
    }
    let channels = climbs.map { Channel($0) }
    let firsts = Set(columns.waves.map(\.columns.lowerBound))
    var lefts = [measures.framePadding]
    for (gap, channel) in channels.enumerated() {
      let least = measures.columnGap + (firsts.contains(gap + 1) ? measures.waveGap : 0)
      let needed = 2 * measures.trackMargin + measures.trackGap * Double(max(0, channel.width - 1))
      lefts.append(lefts[gap] + measures.boxWidth + max(least, needed))
    }
    self.lefts = lefts
    self.channels = channels
    self.graph = graph
    self.skeleton = skeleton
    self.measures = measures
    self.heights = heights
  }

  func corners(of edge: Int) -> [Layout.Point] {
    let way = skeleton.ways[edge]
    let columns = way.map { skeleton.items[$0].column }
    let isForward = columns[0] < columns[columns.count - 1]
    let right = { (column: Int) in lefts[column] + measures.boxWidth }
    var corners = [Layout.Point(x: isForward ? right(columns[0]) : lefts[columns[0]], y: heights[edge][0])]
    for step in way.indices.dropLast() {
      let gap = min(columns[step], columns[step + 1])
      let stream = Channel.Stream(item: way[step], kind: graph.edges[edge].kind)
      guard heights[edge][step] != heights[edge][step + 1], let place = channels[gap].place(of: stream) else {
        continue
      }
      // The tracks stand in the middle of the gap.
      let width = measures.trackGap * Double(channels[gap].width - 1)
      let x = ((right(gap) + lefts[gap + 1] - width) / 2).rounded() + measures.trackGap * Double(place)
      corners.append(Layout.Point(x: x, y: heights[edge][step]))
      corners.append(Layout.Point(x: x, y: heights[edge][step + 1]))
    }
    let last = columns[columns.count - 1]
    corners.append(Layout.Point(x: isForward ? lefts[last] : right(last), y: heights[edge][way.count - 1]))
    return corners
  }
}
