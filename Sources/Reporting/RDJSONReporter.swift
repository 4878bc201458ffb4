package import Diagnostics

/// Lines of reviewdog's diagnostic format, one a diagnostic, with suggestions where the fix is an edit. Columns count
/// bytes of UTF-8.
///
/// https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
package struct RDJSONReporter: Reporter {
  package var tool: Tool

  package init(tool: Tool) { self.tool = tool }

  package func report(_ report: Report) -> String { report.shown.map { line(for: $0).line }.joined() }

  private func line(for diagnostic: Diagnostic) -> JSONValue {
    var code: [String: JSONValue] = ["value": .string(diagnostic.rule)]
    if let page = tool.page(of: diagnostic.rule) { code["url"] = .string(page) }
    let fix = diagnostic.fix.map { "\nfix: \($0.summary)" } ?? ""
    var members: [String: JSONValue] = [
      "message": .string(diagnostic.message.text + fix), "location": location(diagnostic.location),
      "severity": .string(severity(of: diagnostic)), "code": .object(code),
      "source": ["name": .string(Tool.name)],
    ]
    if !diagnostic.notes.isEmpty {
      members["related_locations"] = .array(
        diagnostic.notes.map { ["message": .string($0.message.text), "location": location($0.location)] })
    }
    // A suggestion is shown at the lines of its diagnostic; edits of other files cannot be one.
    let edits = diagnostic.fix?.edits.filter { $0.path == diagnostic.location.path } ?? []
    if !edits.isEmpty, edits.count == diagnostic.fix?.edits.count, edits.allSatisfy(startsLine) {
      members["suggestions"] = .array(
        edits.map { ["range": range(of: Location(path: $0.path, range: $0.range)), "text": .string($0.text)] })
    }
    return .object(members)
  }

  /// Only there a column is the same in bytes, since the text of other lines than the diagnostic's is not known here.
  private func startsLine(_ edit: Fix.Edit) -> Bool {
    edit.range.start.column == 1 && edit.range.end.column == 1
  }

  private func severity(of diagnostic: Diagnostic) -> String {
    switch diagnostic.severity {
    case .error: "ERROR"
    case .warning: "WARNING"
    case .notice: "INFO"
    }
  }

  private func location(_ location: Location) -> JSONValue {
    ["path": .string(location.path.description), "range": range(of: location)]
  }

  /// To the end of the line on which it begins, if it is longer; without columns where the line's text is not known.
  private func range(of location: Location) -> JSONValue {
    let (start, end) = (location.range.start, location.range.end)
    guard let scalars = location.line?.unicodeScalars else {
      let isStart = start.column == 1 && end.column == 1
      let first: JSONValue = isStart ? position(start.line, 1) : ["line": .number(start.line)]
      return isStart ? ["start": first, "end": position(end.line, 1)] : ["start": first]
    }
    func column(_ column: Int) -> Int {
      scalars.prefix(max(column - 1, 0)).reduce(1) { $0 + UTF8.width($1) }
    }
    let last = end.line == start.line ? end.column : Int.max
    return ["start": position(start.line, column(start.column)), "end": position(start.line, column(last))]
  }

  private func position(_ line: Int, _ column: Int) -> JSONValue {
    ["line": .number(line), "column": .number(column)]
  }
}
