package import Diagnostics

/// GitLab's Code Quality report: an array, also when it is empty, since a missing file is no report.
///
/// It has existing diagnostics too: GitLab compares whole reports and would call what is missing fixed.
package struct GitLabReporter: Reporter {
  package init() {}

  package func report(_ report: Report) -> String {
    var seen: [String: Int] = [:]
    let entries = report.diagnostics.map { diagnostic in
      let count = seen[diagnostic.fingerprint, default: 0]
      seen[diagnostic.fingerprint] = count + 1
      return entry(
        for: diagnostic, at: place(of: diagnostic, in: report),
        fingerprint: fingerprint(of: diagnostic, repeat: count))
    }
    return JSONValue.array(entries).text
  }

  private func entry(
    for diagnostic: Diagnostic, at place: (path: Path, line: Int), fingerprint: String
  ) -> JSONValue {
    // GitLab shows no `check_name`, so the description begins with the rule; it must be a single line.
    let description = "\(diagnostic.rule): \(diagnostic.message)"
    return [
      "description": .string(TerminalText.escaped(description)),
      "check_name": .string(diagnostic.rule),
      "fingerprint": .string(fingerprint),
      "severity": .string(severity(of: diagnostic)),
      "location": [
        "path": .string(relative(place.path)),
        "lines": ["begin": .number(max(place.line, 1))],
      ],
    ]
  }

  private func severity(of diagnostic: Diagnostic) -> String {
    switch diagnostic.severity {
    case .error: "major"
    case .warning: "minor"
    case .notice: "info"
    }
  }

  /// A template that is no file of the repository is represented by its app.
  private func place(of diagnostic: Diagnostic, in report: Report) -> (path: Path, line: Int) {
    let location = diagnostic.location
    return report.assembly(of: location.path).map { ($0.app, 1) } ?? (location.path, location.range.start.line)
  }

  /// GitLab appends the path to that of the commit, so it can begin with neither `/` nor `./`.
  private func relative(_ path: Path) -> String {
    var bytes = path.bytes[...]
    while bytes.first == UInt8(ascii: "/") || bytes.starts(with: "./".utf8) {
      bytes = bytes.drop { $0 == UInt8(ascii: ".") }.dropFirst()
    }
    return Path(bytes: bytes).description
  }

  /// GitLab keeps one entry of equal fingerprints. They are unique in a run; in a report of several runs, such as
  /// of shards, a repeat is told apart by eight more digits.
  private func fingerprint(of diagnostic: Diagnostic, repeat count: Int) -> String {
    guard count > 0 else { return diagnostic.fingerprint }
    let digits = String(count, radix: 16)
    return diagnostic.fingerprint + String(repeating: "0", count: max(8 - digits.count, 0)) + digits
  }
}
