package import Diagnostics

/// SARIF 2.1.0, as GitHub's code scanning takes it. Only the first location counts there, so notes are related locations
/// and, for a finding about a client and a server, the steps of a flow.
///
/// https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
package struct SARIFReporter: Reporter {
  package var tool: Tool

  package init(tool: Tool) { self.tool = tool }

  package func report(_ report: Report) -> String {
    let rules = tool.rules()
    let run: [String: JSONValue] = [
      "tool": ["driver": driver(rules)], "columnKind": "unicodeCodePoints",
      "results": .array(report.diagnostics.map { result(for: $0, rules) }),
      "automationDetails": ["id": .string(category(of: report))],
    ]
    let document: JSONValue = [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": .array([.object(run)]),
    ]
    return document.text
  }

  /// What the report is about, by which GitHub tells the reports of one workflow apart, and in which it looks for alerts that
  /// are gone: the same for two runs that look at the same. It ends with a `/`, behind which there may be a name of the run.
  private func category(of report: Report) -> String {
    let parts = report.scope.paths + report.assemblies.map(\.folder)
    let shard = report.scope.shard.map { ["shard-\($0)"] } ?? []
    return ([Tool.name] + parts.map(PathText.address) + shard).map { $0 + "/" }.joined()
  }

  private func driver(_ rules: [Tool.Rule]) -> JSONValue {
    [
      "name": .string(Tool.name), "semanticVersion": .string(tool.version),
      "rules": .array(rules.map(description)),
    ]
  }

  private func description(of rule: Tool.Rule) -> JSONValue {
    var members: [String: JSONValue] = [
      "id": .string(rule.id), "shortDescription": ["text": .string(rule.summary)],
      "fullDescription": ["text": .string(rule.summary)],
      "help": ["text": .string(rule.page), "markdown": .string(rule.page)],
      "defaultConfiguration": ["level": .string(level(of: rule.severity ?? .notice))],
      "properties": [
        "tags": .array([.string(rule.group)]),
        "problem.severity": .string(
          rule.severity == .error ? "error" : rule.severity == .warning ? "warning" : "recommendation"),
      ],
    ]
    if let page = tool.page(of: rule.id) { members["helpUri"] = .string(page) }
    return .object(members)
  }

  private func result(for diagnostic: Diagnostic, _ rules: [Tool.Rule]) -> JSONValue {
    let fix = diagnostic.fix.map { "\nfix: \($0.summary)" } ?? ""
    var members: [String: JSONValue] = [
      "ruleId": .string(diagnostic.rule), "level": .string(level(of: diagnostic.severity)),
      "message": message(diagnostic.message.text + fix),
      "locations": .array([location(diagnostic.location)]),
      "partialFingerprints": ["\(Tool.name)/v1": .string(diagnostic.fingerprint)],
      "baselineState": .string(diagnostic.status == .new ? "new" : "unchanged"),
    ]
    if let index = rules.firstIndex(where: { $0.id == diagnostic.rule }) { members["ruleIndex"] = .number(index) }
    if !diagnostic.notes.isEmpty {
      members["relatedLocations"] = .array(
        diagnostic.notes.enumerated().map { location($1.location, $1.message.text, id: $0 + 1) })
      members["codeFlows"] = .array([["threadFlows": .array([["locations": .array(steps(of: diagnostic))]])]])
    }
    let edits = diagnostic.fix?.edits ?? []
    if let fix = diagnostic.fix, !edits.isEmpty { members["fixes"] = .array([self.fix(fix)]) }
    return .object(members)
  }

  /// From the finding by way of what shows it.
  private func steps(of diagnostic: Diagnostic) -> [JSONValue] {
    let first = (diagnostic.location, diagnostic.message.text)
    return ([first] + diagnostic.notes.map { ($0.location, $0.message.text) }).map {
      ["location": location($0.0, $0.1)]
    }
  }

  private func fix(_ fix: Fix) -> JSONValue {
    let files = Dictionary(grouping: fix.edits, by: \.path).sorted { $0.key < $1.key }
    return [
      "description": message(fix.summary),
      "artifactChanges": .array(
        files.map { path, edits in
          [
            "artifactLocation": artifact(path),
            "replacements": .array(
              edits.map {
                ["deletedRegion": region($0.range), "insertedContent": ["text": .string($0.text)]]
              }),
          ]
        }),
    ]
  }

  private func location(_ location: Location, _ text: String? = nil, id: Int? = nil) -> JSONValue {
    var members: [String: JSONValue] = [
      "physicalLocation": [
        "artifactLocation": artifact(location.path), "region": region(SARIFReporter.firstLine(of: location)),
      ]
    ]
    if let text { members["message"] = message(text) }
    if let id { members["id"] = .number(id) }
    return .object(members)
  }

  /// GitHub shows a finding of a pull request only where all of its lines are in the diff.
  private static func firstLine(of location: Location) -> SourceRange {
    let range = location.range
    guard range.end.line > range.start.line else { return range }
    let length = location.line?.unicodeScalars.count ?? range.start.column
    let end = SourcePosition(line: range.start.line, column: max(length + 1, range.start.column))
    return SourceRange(start: range.start, end: end)
  }

  private func region(_ range: SourceRange) -> JSONValue {
    [
      "startLine": .number(range.start.line), "startColumn": .number(range.start.column),
      "endLine": .number(range.end.line), "endColumn": .number(range.end.column),
    ]
  }

  private func artifact(_ path: Path) -> JSONValue {
    // Outside of a repository a path may be absolute, which is an address of its own.
    let isAbsolute = path.bytes.first == UInt8(ascii: "/")
    return isAbsolute
      ? ["uri": .string("file://" + PathText.address(of: path))]
      : ["uri": .string(PathText.address(of: path)), "uriBaseId": "%SRCROOT%"]
  }

  /// `[text](target)` in a message is a link: https://docs.oasis-open.org/sarif/sarif/v2.1.0, 3.11.6
  private func message(_ text: String) -> JSONValue {
    ["text": .string(TerminalText.lines(of: text).joined(separator: "\n").replacing("](", with: "] ("))]
  }

  private func level(of severity: Severity) -> String {
    switch severity {
    case .error, .warning: severity.rawValue
    case .notice: "note"
    }
  }
}
