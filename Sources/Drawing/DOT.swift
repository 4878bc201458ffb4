import Diagnostics

/// A picture for Graphviz, with a cluster for each stack. It makes its ranks of the arrows, so that a client stands to the
/// right of its server, ordered or not; its labels tell the waves. Ranks that are the same for all of a wave it does not
/// bear: where arrows lead from one service of a wave to another in the next cluster, Graphviz 2.43 gives up.
///
/// https://graphviz.org/doc/info/lang.html
struct DOT {
  private let sheet: Sheet

  init(_ sheet: Sheet) { self.sheet = sheet }

  var text: String {
    let headline = Headline(sheet)
    let title = [headline.title, headline.chain, headline.faults].filter { !$0.isEmpty }.map(DOT.escaped)
    var lines = [
      "digraph precede {",
      "  graph [rankdir=RL, ranksep=0.8, nodesep=0.25, fontname=\"\(DOT.font)\", fontsize=12, labelloc=t, "
        + "labeljust=l, label=\"\(title.map { $0 + "\\l" }.joined())\"]",
      "  node [shape=box, style=\"rounded,filled\", fillcolor=\"#f7f9fb\", color=\"#7b8794\", fontname=\"\(DOT.font)\", "
        + "fontsize=11]",
      "  edge [color=\"#4a5868\", fontname=\"\(DOT.font)\", fontsize=10, arrowsize=0.7]",
    ]
    for (number, chart) in sheet.charts.enumerated() {
      let chain = sheet.chain?.chart == number ? chart.links : []
      lines += chart.frames.indices.flatMap { frame in
        cluster("\(number)_\(frame)", of: chart, frame, chain)
      }
      lines += chart.arrows.map { arrow(in: chart, $0) }
    }
    return (lines + ["}", ""]).joined(separator: "\n")
  }

  private func cluster(_ name: String, of chart: Chart, _ frame: Int, _ chain: Set<Int>) -> [String] {
    let boxes = chart.boxes.indices.filter { chart.boxes[$0].frame == frame }
    let nodes = boxes.map { index in
      let box = chart.boxes[index]
      let label = ([box.name] + box.endpoints.prefix(1) + ["wave \(box.wave + 1)"]).map(DOT.label).joined(
        separator: "\\n")
      let tooltip = "\(box.name), \(PlaceText.of(box.place))"
      let link = chain.contains(index) ? ", color=\"#0757ba\", penwidth=2" : ""
      return "    s\(box.number) [label=\"\(label)\", tooltip=\"\(DOT.escaped(tooltip))\"\(link)]"
    }
    return [
      "  subgraph cluster_\(name) {",
      "    label=\"\(DOT.label(chart.frames[frame].title))\"; style=rounded; color=\"#c8d0da\"; fontcolor=\"#57606a\"",
    ] + nodes + ["  }"]
  }

  private func arrow(in chart: Chart, _ arrow: Chart.Arrow) -> String {
    let (client, server) = (chart.boxes[arrow.client], chart.boxes[arrow.server])
    let endpoints = arrow.connections.map(\.endpoint).joined(separator: ", ")
    var words = endpoints.isEmpty ? arrow.kind.meaning : endpoints
    if arrow.kind.isFault { words += ", \(arrow.kind.meaning)" }
    let evidence = arrow.connections.flatMap(\.evidence).map { ", \($0.subject), \(PlaceText.of($0.place))" }.joined()
    let tooltip = "\(client.name) to \(server.name): \(arrow.kind.meaning)\(evidence)"
    let label = arrow.kind == .wait ? "" : "label=\"\(DOT.label(words))\", "
    return
      "  s\(client.number) -> s\(server.number) [\(label)\(DOT.style(of: arrow.kind))tooltip=\"\(DOT.escaped(tooltip))\"]"
  }

  private static func style(of kind: ArrowKind) -> String {
    switch kind {
    case .ordered: ""
    case .implicit: "arrowhead=onormal, "
    case .unneeded: "color=\"#76818d\", "
    case .unknown: "style=dotted, color=\"#8a5a00\", fontcolor=\"#8a5a00\", "
    case .missing, .reversed: "style=dashed, penwidth=1.6, color=\"#c4192a\", fontcolor=\"#c4192a\", "
    case .circle: "style=dashed, penwidth=1.6, color=\"#8326b4\", fontcolor=\"#8326b4\", "
    case .wait: "style=dotted, color=\"#76818d\", arrowhead=vee, "
    }
  }

  private static let font = "Helvetica,Arial,sans-serif"

  /// The text of a label, which is shortened: its size decides that of the whole picture.
  private static func label(_ text: String) -> String { escaped(FittedText.clipped(text, to: longest)) }

  /// In letters.
  private static let longest = 60

  /// Text between quotes, in which Graphviz reads escapes and entities of HTML.
  private static func escaped(_ text: String) -> String {
    VisibleText.line(of: text).unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "&": result += "&amp;"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}
