import Diagnostics

/// Services as a Mermaid flowchart, those that deploy first on the left: an arrow from each client to each server it
/// connects to, dashed and red where nothing orders the two and the client needs it.
///
/// https://mermaid.js.org/syntax/flowchart.html
struct Mermaid {
  private var lines = ["flowchart RL"]
  /// The links to colour, by their number in the chart.
  private var missing: [Int] = []
  private(set) var linkCount = 0

  /// The services of one stack.
  struct Frame {
    let name: String
    let title: String
    /// By the names that arrows use.
    let services: [(name: String, logicalID: String)]
  }

  struct Arrow {
    let client: String
    let server: String
    let endpoint: String
    /// What is wrong with the order; `nil` when nothing is.
    let fault: String?
  }

  var text: String {
    let red = "  linkStyle \(missing.map(String.init).joined(separator: ",")) stroke:#d1242f,color:#d1242f"
    return (lines + (missing.isEmpty ? [] : [red])).map { $0 + "\n" }.joined()
  }

  /// What keeps Mermaid from drawing the chart.
  var remark: String? {
    linkCount > Mermaid.mostLinks
      ? "Mermaid draws no more than \(Mermaid.mostLinks) arrows, and these are \(linkCount); name files to draw less"
      : nil
  }

  mutating func add(_ frames: [Frame], _ arrows: [Arrow]) {
    for frame in frames {
      lines.append("  subgraph \(frame.name)[\(Mermaid.quoted(frame.title))]")
      // Without it Mermaid turns what is inside, where no arrow leads out.
      lines.append("    direction RL")
      lines += frame.services.map { "    \($0.name)[\(Mermaid.quoted($0.logicalID))]" }
      lines.append("  end")
    }
    for arrow in arrows {
      let label = Mermaid.quoted(arrow.fault.map { "\(arrow.endpoint), \($0)" } ?? arrow.endpoint)
      lines.append("  \(arrow.client) \(arrow.fault != nil ? "-.->" : "-->")|\(label)| \(arrow.server)")
      if arrow.fault != nil { missing.append(linkCount) }
      linkCount += 1
    }
  }

  /// A label in which nothing is markup: everything but letters, digits and a few harmless signs is an entity code.
  private static func quoted(_ text: String) -> String {
    let shown = VisibleText.line(of: FittedText.clipped(text, to: longest))
    let safe = shown.unicodeScalars.reduce(into: "") { result, scalar in
      let isPlain =
        scalar.properties.isAlphabetic || " .,:-_/".unicodeScalars.contains(scalar)
        || ("0"..."9").contains(scalar)
      result += isPlain ? String(scalar) : "#\(scalar.value);"
    }
    return "\"\(safe)\""
  }

  /// In letters; Mermaid draws no text of more than 50,000 in all.
  private static let longest = 200

  /// Mermaid's `maxEdges`, which GitHub and GitLab leave as it is.
  static let mostLinks = 500
}

extension Mermaid {
  init(_ sheet: Sheet) {
    for (number, chart) in sheet.charts.enumerated() {
      let frames = chart.frames.enumerated().map { index, frame in
        Frame(
          name: "g\(number)t\(index)", title: frame.title,
          services: chart.boxes.filter { $0.frame == index }.map { ("s\($0.number)", $0.name) })
      }
      let arrows = chart.arrows.flatMap { arrow in
        arrow.connections.map { connection in
          Arrow(
            client: "s\(chart.boxes[arrow.client].number)", server: "s\(chart.boxes[arrow.server].number)",
            endpoint: connection.endpoint, fault: arrow.kind.isFault ? arrow.kind.meaning : nil)
        }
      }
      add(frames, arrows)
    }
  }
}
