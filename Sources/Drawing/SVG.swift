/// A picture as SVG: one chart for each deployment, side by side as far as there is room.
///
/// https://www.w3.org/TR/SVG2/, https://www.w3.org/TR/graphics-aria-1.0/
struct SVG {
  private let sheet: Sheet
  private let headline: Headline
  private let drawings: [(drawing: ChartDrawing, x: Double, y: Double)]
  private let width: Double
  private let height: Double
  /// Whether the picture stands in a page, which has words and cards beside it.
  private let isPart: Bool

  init(_ sheet: Sheet, isPart: Bool = false) {
    self.sheet = sheet
    self.isPart = isPart
    headline = Headline(sheet)
    let chain = sheet.chain?.chart
    let drawings = sheet.charts.enumerated().map { index, chart in
      ChartDrawing(chart, showsChain: index == chain, hasCards: isPart)
    }
    let limit = max(drawings.map(\.width).max() ?? 0, SVG.shelf)
    var placed: [(drawing: ChartDrawing, x: Double, y: Double)] = []
    var (x, y, bottom) = (0.0, 0.0, 0.0)
    for drawing in drawings {
      if x > 0, x + drawing.width > limit { (x, y) = (0, bottom + SVG.gap) }
      placed.append((drawing, x, y))
      x += drawing.width + SVG.gap
      bottom = max(bottom, y + drawing.height)
    }
    self.drawings = placed
    width = placed.map { $0.x + $0.drawing.width }.max() ?? 0
    height = bottom
  }

  /// Charts stand beside each other up to this width.
  private static let shelf = 1100.0
  private static let gap = 36.0
  private static let margin = 24.0

  /// A file of its own.
  var document: String {
    let sentences = [
      (headline.chain, ""), (headline.faults, headline.hasFaults ? " fault" : ""), (headline.leftOut, ""),
    ]
    .filter { !$0.0.isEmpty }
    let outer = max(width, SVG.narrowest)
    let words: [Markup] = sentences.enumerated().map { line, sentence in
      let shown = SVG.sentence.shortened(sentence.0, to: outer)
      return "<text class=\"sentence\(sentence.1)\" y=\"\(46 + 20 * line)\">\(shown)</text>\n"
    }
    let top = 48 + 20 * Double(sentences.count)
    let legend = Legend(sheet).markup(width: outer)
    let (full, tall) = (outer + 2 * SVG.margin, top + height + 28 + legend.height + 2 * SVG.margin)
    let text: Markup = """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" class="graph" width="\(full)" height="\(tall)" viewBox="0 0 \(full) \(tall)" \
      role="graphics-document document" aria-labelledby="title description">
      \(description)<style>
      \(Stylesheet.picture)\(highlights)</style>
      \(ArrowSigns(kinds: sheet.kinds).definitions)\
      <rect class="page" width="\(full)" height="\(tall)"/>
      <g transform="translate(\(SVG.margin) \(SVG.margin))">
      <text class="heading" y="20">\(headline.title)</text>
      \(words)\(charts(below: top))\
      <g transform="translate(0 \(top + height + 28))">
      \(legend.markup)</g>
      </g>
      </svg>

      """
    return text.text
  }

  /// A part of a page.
  var part: Markup {
    let margin = SVG.partMargin
    let (full, tall) = partSize
    return """
      <svg class="graph" width="\(full)" height="\(tall)" viewBox="\(-margin) \(-margin) \(full) \(tall)" \
      role="graphics-document document" aria-labelledby="title description">
      \(description)\(ArrowSigns(kinds: sheet.kinds).definitions)\(charts(below: 0))</svg>

      """
  }

  /// How far a part shrinks by itself where there is no room for it: letters must stay legible.
  var partStyle: Markup {
    let (full, _) = partSize
    return ".scroll svg{width:100%;max-width:\(full)px;min-width:\((full * 0.85).rounded())px;height:auto}\n"
  }

  private var partSize: (width: Double, height: Double) {
    (width + 2 * SVG.partMargin, height + 2 * SVG.partMargin)
  }

  /// For what a thick border needs.
  private static let partMargin = 4.0
  private static let narrowest = 640.0
  /// For letters that are not all equally wide, the widest of which are no wider than this.
  private static let sentence = FittedText(size: 13)

  var highlights: Markup { Stylesheet.highlights(sheet.charts.flatMap { $0.boxes.map(\.number) }) }

  private var description: Markup {
    let sentences = ([headline.chain, headline.faults, headline.leftOut].filter { !$0.isEmpty }).joined(separator: ". ")
    return """
      <title id="title">\(headline.title)</title>
      <desc id="description">\(sentences). Services stand in waves of deployment from left to right. An arrow leads from a \
      client to the server that it connects to.</desc>

      """
  }

  private func charts(below top: Double) -> Markup {
    "\(drawings.map { $0.drawing.markup(x: $0.x, y: top + $0.y) })"
  }
}
