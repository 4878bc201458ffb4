package import Diagnostics

/// A table of what was found, for the summary of a step, a comment or a wiki.
package struct MarkdownReporter: Reporter {
  package var tool: Tool
  /// The address of a file in the revision that was looked at, without a `/` at its end; `nil` where there is none.
  package var files: String?

  package init(tool: Tool, files: String? = nil) {
    self.tool = tool
    self.files = files
  }

  package func report(_ report: Report) -> String {
    let summary = Summary(of: report).lines.map { MarkdownText.escaped($0) + "\n" }.joined(separator: "\n")
    guard !report.shown.isEmpty else { return summary }
    let levels = Severity.allCases.reversed().flatMap { severity in report.shown.filter { $0.severity == severity } }
    var rows = ""
    var told = 0
    while told < levels.count {
      let row = row(for: levels[told], in: report)
      guard rows.utf8.count + row.utf8.count <= Self.limit else { break }
      rows += row
      told += 1
    }
    let rest = told < levels.count ? "\n\(Count(levels.count - told, "more finding")) in the log.\n" : ""
    return Self.head + rows + rest + "\n" + summary
  }

  /// GitHub throws a summary of more than a mebibyte away: actions/runner `FileCommandManager.cs`. A picture has room beside it.
  private static let limit = 512 * 1024

  private static let head = "| severity | service | where | what | rule |\n|---|---|---|---|---|\n"

  private func row(for diagnostic: Diagnostic, in report: Report) -> String {
    let fix = diagnostic.fix.map {
      "<br>fix: " + TerminalText.lines(of: $0.summary).map(Self.cell).joined(separator: "<br>")
    }
    let rule = "`\(diagnostic.rule)`"
    let cells = [
      diagnostic.severity.rawValue + (diagnostic.status == .existing ? " (existing)" : ""),
      diagnostic.service.map(Self.cell) ?? "", place(of: diagnostic.location, in: report),
      Self.cell(diagnostic.message.text) + (fix ?? ""),
      tool.page(of: diagnostic.rule).map { "[\(rule)](\($0))" } ?? rule,
    ]
    return "| \(cells.joined(separator: " | ")) |\n"
  }

  /// A link where there is something to link to.
  private func place(of location: Location, in report: Report) -> String {
    let text = Self.cell(Place(location).description)
    guard let files, report.assembly(of: location.path) == nil else { return text }
    return "[\(text)](\(files)/\(PathText.address(of: location.path))#L\(location.range.start.line))"
  }

  /// Cut where it would be too long for a cell.
  private static func cell(_ text: String) -> String {
    let longest = 600
    let cut = text.unicodeScalars.count > longest ? String(text.unicodeScalars.prefix(longest)) + "…" : text
    return MarkdownText.escaped(cut)
  }
}
