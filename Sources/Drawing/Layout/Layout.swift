/// Where everything of a graph stands, in whole pixels from the upper left corner. The same graph always gives the same
/// numbers.
///
/// Columns are waves, as `Columns` says; `Lanes` gives every frame a rectangle of its own; `Skeleton` leads long edges
/// through the columns between their ends, `Ordering` takes out crossings and `Heights` bends. Edges climb only in
/// the `Gaps` between columns, where no box stands.
struct Layout {
  struct Point: Hashable {
    var x: Double
    var y: Double
  }

  struct Box: Hashable {
    var x: Double
    var y: Double
    var width: Double
    var height: Double

    var right: Double { x + width }
    var bottom: Double { y + height }
    var middle: Double { y + height / 2 }
  }

  /// The way of an edge from a side of its server to one of its client, by its corners. It is level through columns and
  /// climbs only between them.
  struct Route: Hashable {
    let corners: [Point]
  }

  struct Band {
    let wave: Int
    let left: Double
    let right: Double
  }

  /// By node.
  let boxes: [Box]
  /// By frame.
  let frames: [Box]
  /// How wide the title of a frame may be. Where edges lead from row to row, they may cross all but the first column.
  let titleWidths: [Double]
  /// By edge.
  let routes: [Route]
  /// By wave.
  let bands: [Band]
  let width: Double
  let height: Double

  init(_ graph: LayeredGraph, _ measures: Measures) {
    // Boxes are four times as wide as high, with the gaps, and screens are wider than high.
    let tallest = max(8, Int((2.5 * Double(graph.nodes.count)).squareRoot().rounded(.up)))
    let columns = Columns(graph, tallest: tallest)
    let lanes = Lanes(graph, columns)
    let skeleton = Ordering.ordered(Skeleton(graph, columns, lanes))
    let ports = Ports(graph, skeleton, measures)
    let heights = Heights(skeleton, ports, laneCount: lanes.count, measures)
    let (tops, end) = Layout.tops(heights, measures)
    let middles = zip(skeleton.items, heights.middles).map { tops[$0.lane] + $1 }
    let gaps = Gaps(graph, skeleton, ports, middles, columns, measures)
    let lefts = gaps.lefts
    let boxes = graph.nodes.indices.map { node in
      Box(
        x: lefts[columns.column[node]], y: middles[node] - ports.heights[node] / 2, width: measures.boxWidth,
        height: ports.heights[node])
    }
    let extents = Layout.extents(of: lanes, skeleton, middles, ports)
    self.boxes = boxes
    frames = lanes.lane.indices.map { frame in
      let left = lefts[lanes.columns[frame].lowerBound] - measures.framePadding
      let right = lefts[lanes.columns[frame].upperBound] + measures.boxWidth + measures.framePadding
      let top = extents[frame].top - measures.titleHeight
      return Box(x: left, y: top, width: right - left, height: extents[frame].bottom + measures.framePadding - top)
    }
    routes = graph.edges.indices.map { Route(corners: gaps.corners(of: $0)) }
    titleWidths = frames.map { lanes.count > 3 ? measures.boxWidth : $0.width - 2 * measures.framePadding }
    let width = (lefts.last ?? 0) + measures.boxWidth + measures.framePadding
    let middle = { (column: Int) in ((lefts[column - 1] + measures.boxWidth + lefts[column]) / 2).rounded() }
    bands = columns.waves.map { wave, columns in
      Band(
        wave: wave, left: columns.lowerBound == 0 ? 0 : middle(columns.lowerBound),
        right: columns.upperBound == lefts.count ? width : middle(columns.upperBound))
    }
    self.width = width
    height = end
  }

  /// Where each lane begins, and where the last one ends.
  private static func tops(_ heights: Heights, _ measures: Measures) -> (lanes: [Double], end: Double) {
    var end = measures.headHeight
    let tops = heights.lanes.enumerated().map { lane, height in
      // A gap that nothing passes takes no room.
      guard let height else { return end }
      let isRow = lane % 2 == 1
      let top = end + (isRow ? measures.titleHeight : 0)
      end = top + height + (isRow ? measures.framePadding : 0) + measures.rowGap
      return top
    }
    return (tops, end - measures.rowGap)
  }

  /// From where to where the boxes of each frame reach, and the edges that pass between them.
  private static func extents(
    of lanes: Lanes, _ skeleton: Skeleton, _ middles: [Double], _ ports: Ports
  ) -> [(top: Double, bottom: Double)] {
    lanes.lane.indices.map { frame in
      let inside = skeleton.items.indices.filter { item in
        skeleton.items[item].lane == lanes.lane[frame] && lanes.columns[frame].contains(skeleton.items[item].column)
      }
      let ends = inside.map { (middles[$0], skeleton.items[$0].node.map { ports.heights[$0] / 2 } ?? 0) }
      return (ends.map { $0 - $1 }.min() ?? 0, ends.map { $0 + $1 }.max() ?? 0)
    }
  }
}
