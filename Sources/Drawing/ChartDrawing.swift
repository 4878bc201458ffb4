/// A chart as a part of an SVG.
struct ChartDrawing {
  private let chart: Chart
  private let layout: Layout
  private let measures: Measures
  /// Whether the longest chain of the picture is this chart's.
  private let showsChain: Bool
  /// Whether services lead to the cards of a page.
  private let hasCards: Bool

  var width: Double { layout.width }
  var height: Double { layout.height }

  init(_ chart: Chart, showsChain: Bool, hasCards: Bool) {
    let names = chart.boxes.map { ChartDrawing.name.width(of: $0.name) }
    let details = chart.boxes.map { ChartDrawing.detail.width(of: ChartDrawing.detail(of: $0)) }
    let widest = min(max((names + details).max() ?? 0, ChartDrawing.narrowest), ChartDrawing.widest)
    measures = Measures(boxWidth: (widest + 2 * ChartDrawing.padding).rounded(.up))
    layout = Layout(
      LayeredGraph(
        nodes: chart.boxes.map { LayeredGraph.Node(wave: $0.wave, frame: $0.frame) },
        edges: chart.arrows.map { LayeredGraph.Edge(client: $0.client, server: $0.server, kind: $0.kind.rawValue) }),
      measures)
    self.chart = chart
    self.showsChain = showsChain
    self.hasCards = hasCards
  }

  /// - Parameters:
  ///   - x: the left border.
  ///   - y: the upper border.
  func markup(x: Double, y: Double) -> Markup {
    let bands: [Markup] = layout.bands.map { band in
      let fill: Markup =
        band.wave % 2 == 0
        ? "<rect class=\"band\" x=\"\(band.left)\" y=\"0\" width=\"\(band.right - band.left)\" height=\"\(height)\" rx=\"6\"/>\n"
        : ""
      let start = max(band.left + measures.framePadding, 0)
      return "\(fill)<text class=\"wave\" x=\"\(start)\" y=\"19\">Wave \(band.wave + 1)</text>\n"
    }
    let frames: [Markup] = chart.frames.enumerated().map { index, frame in
      let box = layout.frames[index]
      // Of a path the end tells most.
      let title = ChartDrawing.title.shortened(frame.title, to: layout.titleWidths[index], share: 0.2)
      return """
        <g><title>\(frame.title)</title>\
        <rect class="frame" x="\(box.x)" y="\(box.y)" width="\(box.width)" height="\(box.height)" rx="10"/>\
        <text class="title" x="\(box.x + measures.framePadding)" y="\(box.y + 21)">\(title)</text></g>

        """
    }
    let arrows = zip(chart.arrows, layout.routes).map { arrow($0, $1) }
    // Tab goes through the waves, and down each of them.
    let order = chart.boxes.indices.sorted { one, other in
      let (a, b) = (layout.boxes[one], layout.boxes[other])
      return (chart.boxes[one].wave, a.x, a.y) < (chart.boxes[other].wave, b.x, b.y)
    }
    return """
      <g transform="translate(\(x) \(y))">
      \(bands)\(frames)\(order.map(service))\(arrows)</g>

      """
  }

  // MARK: services

  private func service(_ index: Int) -> Markup {
    let box = chart.boxes[index]
    let place = layout.boxes[index]
    let detail = ChartDrawing.detail(of: box)
    let room = measures.boxWidth - 2 * ChartDrawing.padding
    let middle = place.height / 2
    let text: Markup =
      detail.isEmpty
      ? "<text class=\"name\" x=\"12\" y=\"\(middle + 4)\">\(ChartDrawing.name.shortened(box.name, to: room))</text>"
      : """
      <text class="name" x="12" y="\(middle - 3)">\(ChartDrawing.name.shortened(box.name, to: room))</text>\
      <text class="detail" x="12" y="\(middle + 13)">\(ChartDrawing.detail.shortened(detail, to: room))</text>
      """
    let link = showsChain && chart.links.contains(index) ? " link" : ""
    let content: Markup = """
      <title>\(ChartDrawing.words(for: box))</title>\
      <rect class="box" width="\(place.width)" height="\(place.height)" rx="7"/>\(text)
      """
    let shared: Markup = """
      class="service\(link)" id="box-\(box.number)" transform="translate(\(place.x) \(place.y))"
      """
    return hasCards
      ? "<a \(shared) href=\"#service-\(box.number)\">\(content)</a>\n"
      : "<g \(shared) role=\"graphics-object img\" tabindex=\"0\">\(content)</g>\n"
  }

  private static func detail(of box: Chart.Box) -> String {
    let more = box.endpoints.count > 1 ? " +\(box.endpoints.count - 1)" : ""
    return box.endpoints.first.map { $0 + more } ?? ""
  }

  /// What a screen reader says and a pointer shows.
  private static func words(for box: Chart.Box) -> Markup {
    var lines: [Markup] = ["\(box.name), wave \(box.wave + 1)"]
    if !box.endpoints.isEmpty { lines.append("publishes \(box.endpoints.joined(separator: ", "))") }
    if let path = box.constructPath { lines.append("\(path)") }
    lines.append("\(PlaceText.of(box.place))")
    return lines.joined(by: "\n")
  }

  // MARK: arrows

  private func arrow(_ arrow: Chart.Arrow, _ route: Layout.Route) -> Markup {
    let (client, server) = (chart.boxes[arrow.client], chart.boxes[arrow.server])
    let line = ArrowLine(route)
    let hasMark = arrow.kind.isFault || arrow.kind == .unknown
    let mark: Markup =
      hasMark
      ? "<use href=\"#mark-\(arrow.kind.name)\" x=\"\(line.mark.x)\" y=\"\(line.mark.y)\"/>"
      : ""
    let content: Markup = """
      <title>\(ChartDrawing.words(for: arrow, client, server))</title>\
      <path class="hit" d="\(line.path)"/>\
      <path class="line" d="\(line.path)" marker-start="url(#head-\(arrow.kind.name))"/>\(mark)
      """
    let shared: Markup = "class=\"arrow \(arrow.kind.name) b\(client.number) b\(server.number)\""
    return hasCards
      ? "<a \(shared) href=\"#service-\(client.number)\" tabindex=\"-1\">\(content)</a>\n"
      : "<g \(shared) role=\"graphics-symbol img\">\(content)</g>\n"
  }

  private static func words(for arrow: Chart.Arrow, _ client: Chart.Box, _ server: Chart.Box) -> Markup {
    guard !arrow.connections.isEmpty else { return "\(client.name) waits for \(server.name)" }
    return arrow.connections.flatMap { connection -> [Markup] in
      ["\(client.name) connects to \(server.name) at \(connection.endpoint): \(connection.order)"]
        + connection.evidence.map { "\($0.subject), \(PlaceText.of($0.place))" }
    }
    .joined(by: "\n")
  }

  // MARK: fonts, as in the style sheet

  static let name = FittedText(size: 13)
  static let detail = FittedText(size: 11)
  static let title = FittedText(size: 12)
  private static let padding = 12.0
  private static let narrowest = 104.0
  private static let widest = 212.0
}
