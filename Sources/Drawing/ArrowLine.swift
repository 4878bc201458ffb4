/// The line of an arrow as a path of SVG. It begins at its head, where arrows of a kind run together, so that their dashes
/// fall on each other.
struct ArrowLine {
  let path: Markup
  /// Where what is wrong with the arrow is marked: at the client.
  let mark: Layout.Point

  init(_ route: Layout.Route) {
    let corners = route.corners
    let (start, end) = (corners[0], corners[corners.count - 1])
    // The tip of the head touches the box, and the line begins behind it.
    var path: Markup = "M\(start.x + ArrowLine.head * ArrowLine.sign(from: start.x, to: corners[1].x)) \(start.y)"
    for index in corners.indices.dropFirst().dropLast() {
      path += ArrowLine.turn(corners[index - 1], corners[index], corners[index + 1])
    }
    path += "H\(end.x)"
    self.path = path
    let back = ArrowLine.sign(from: end.x, to: corners[corners.count - 2].x)
    mark = Layout.Point(x: end.x + ArrowLine.markOffset * back, y: end.y)
  }

  /// A line up to a corner, and round it.
  private static func turn(_ last: Layout.Point, _ corner: Layout.Point, _ next: Layout.Point) -> Markup {
    let upright = last.x == corner.x ? (last, corner) : (corner, next)
    let climb = abs(upright.0.y - upright.1.y)
    let radius = min(roundness, (climb / 2).rounded(.down))
    let before = Layout.Point(
      x: corner.x + radius * sign(from: corner.x, to: last.x), y: corner.y + radius * sign(from: corner.y, to: last.y))
    let after = Layout.Point(
      x: corner.x + radius * sign(from: corner.x, to: next.x), y: corner.y + radius * sign(from: corner.y, to: next.y))
    return "L\(before.x) \(before.y)Q\(corner.x) \(corner.y) \(after.x) \(after.y)"
  }

  private static func sign(from start: Double, to end: Double) -> Double { start < end ? 1 : start > end ? -1 : 0 }

  static let head = 9.0
  private static let markOffset = 12.0
  private static let roundness = 8.0
}
