package import Diagnostics

/// Annotations of GitHub Actions, the worst first, since the runner keeps only the first ten of a level in a step
/// (actions/runner `src/Runner.Worker/ExecutionContext.cs`). The rest are plain lines of the log.
package struct GitHubReporter: Reporter {
  package init() {}

  package func report(_ report: Report) -> String {
    let levels = Severity.allCases.reversed().map { severity in
      (severity: severity, diagnostics: report.shown.filter { $0.severity == severity })
    }
    var lines = levels.flatMap { $0.diagnostics.prefix(Self.limit).map { command(for: $0, in: report).description } }
    lines += levels.flatMap { $0.diagnostics.dropFirst(Self.limit).map(TextReporter().headline) }
    let more = levels.filter { $0.diagnostics.count > Self.limit }
      .map { Count($0.diagnostics.count - Self.limit, "more \($0.severity.rawValue)").description }
    if !more.isEmpty {
      let rest =
        more.joined(separator: ", ") + " in the log of this step: GitHub shows \(Self.limit) of a level"
      let isShown = levels.contains { $0.severity == .notice && $0.diagnostics.count < Self.limit }
      let notice = GitHubCommand(name: "notice", properties: [("title", Tool.name)], message: rest)
      lines.append(isShown ? notice.description : "\(Tool.name): \(rest)")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Annotations of a level that a step may have.
  private static let limit = 10

  private func command(for diagnostic: Diagnostic, in report: Report) -> GitHubCommand {
    let path = diagnostic.location.path
    // What is no file of the repository has no line that GitHub could show.
    guard report.assembly(of: path) == nil else {
      return GitHubCommand(
        name: diagnostic.severity.rawValue, properties: [("title", diagnostic.rule)],
        message: "\(Place(diagnostic.location)): " + GitHubMessage(diagnostic).description)
    }
    // The runner decodes no control characters but line breaks: such a path is shown quoted and links to nothing.
    let file = PathText(path).isPrintable ? path.description : PathText(path).description
    let properties = [("file", file)] + lines(of: diagnostic.location.range) + [("title", diagnostic.rule)]
    return GitHubCommand(
      name: diagnostic.severity.rawValue, properties: properties,
      message: GitHubMessage(diagnostic).description)
  }

  /// Columns only on a single line, as the runner demands. `endColumn` is exclusive, like our ranges: GitHub does
  /// not document it (github/docs issue 40038 tells of one who tried), and the runner only demands that it is not
  /// before `col`.
  private func lines(of range: SourceRange) -> [(String, String)] {
    // A range that ends before the first scalar of a line has nothing of that line.
    let endsBefore = range.end.column == 1 && range.end.line > range.start.line
    let endLine = endsBefore ? range.end.line - 1 : range.end.line
    var properties = [("line", "\(range.start.line)"), ("endLine", "\(endLine)")]
    if endLine == range.start.line { properties.append(("col", "\(range.start.column)")) }
    if range.end.line == range.start.line, range.end > range.start {
      properties.append(("endColumn", "\(range.end.column)"))
    }
    return properties
  }
}
