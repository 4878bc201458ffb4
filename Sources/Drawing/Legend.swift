/// What the lines of a picture mean, as far as they occur in it.
struct Legend {
  private let entries: [(sample: Markup, meaning: String)]

  init(_ sheet: Sheet) {
    var entries = sheet.kinds.map { (sample: Legend.sample(of: $0), meaning: $0.meaning) }
    if sheet.chain != nil {
      entries.append(
        (
          sample: "<g class=\"link\"><rect class=\"box\" x=\"6\" y=\"3\" width=\"34\" height=\"14\" rx=\"4\"/></g>",
          meaning: "longest chain"
        ))
    }
    self.entries = entries
  }

  /// The place that a sample takes.
  private static let sampleWidth = 46.0

  private static func sample(of kind: ArrowKind) -> Markup {
    let mark: Markup =
      ArrowSigns.sign(of: kind) == nil
      ? "" : "<use href=\"#mark-\(kind.name)\" x=\"37\" y=\"10\"/>"
    return """
      <g class="key \(kind.name)"><path class="line" d="M11 10H46" marker-start="url(#head-\(kind.name))"/>\(mark)</g>
      """
  }

  /// For a page, which lays text out itself.
  var list: Markup {
    let items: [Markup] = entries.map { entry in
      """
      <li><svg class="graph" width="48" height="20" viewBox="0 0 48 20" aria-hidden="true">\(entry.sample)</svg>\
      \(entry.meaning)</li>

      """
    }
    return "<ul class=\"legend\">\n\(items)</ul>\n"
  }

  /// For a picture, in lines of a width.
  func markup(width: Double) -> (markup: Markup, height: Double) {
    var (x, y) = (0.0, 0.0)
    var markup: Markup = ""
    for entry in entries {
      let needed = Legend.sampleWidth + 10 + Legend.text.width(of: entry.meaning)
      if x > 0, x + needed > width { (x, y) = (0, y + 26) }
      markup += """
        <g transform="translate(\(x) \(y))">\(entry.sample)<text x="\(Legend.sampleWidth + 10)" y="14">\(entry.meaning)</text></g>

        """
      x += needed + 22
    }
    return (markup, entries.isEmpty ? 0 : y + 20)
  }

  private static let text = FittedText(size: 12)
}
