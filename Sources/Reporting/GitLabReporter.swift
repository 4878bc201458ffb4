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
      return entry(for: diagnostic, fingerprint: fingerprint(of: diagnostic, repeat: count))
    }
    return JSONValue.array(entries).text
  }

  private func entry(for diagnostic: Diagnostic, fingerprint: String) -> JSONValue {
    // GitLab shows no `check_name`, so the description begins with the rule; it must be a single line.
    let description = "\(diagnostic.rule): \(diagnostic.message)"
    return [
      "description": .string(TerminalText.escaped(description)),
      "check_name": .string(diagnostic.rule),
      "fingerprint": .string(fingerprint),
      "severity": .string(severity(of: diagnostic)),
      "location": [
        "path": .string(path(of: diagnostic)),
        "lines": ["begin": .number(max(diagnostic.location.range.start.line, 1))],
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

  /// GitLab appends the path to that of the commit, so it can begin with neither `/` nor `./`.
  private func path(of diagnostic: Diagnostic) -> String {
    var bytes = diagnostic.location.path.bytes[...]
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
