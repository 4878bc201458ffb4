package import Diagnostics

/// What a run looked at and found, in one or two lines for standard error.
package struct Summary: CustomStringConvertible {
  /// Without line breaks. The second says what the first does not count.
  package let lines: [String]

  package var description: String { lines.map { $0 + "\n" }.joined() }

  /// - Parameter suppressed: diagnostics that the change itself suppresses.
  /// - Parameter duration: how long the run took, for people who waited; no two runs take equally long.
  package init(of report: Report, suppressed: Int = 0, duration: Duration? = nil) {
    let sentences = [
      Self.findings(of: report) + (duration.map { ", \(Elapsed($0))" } ?? ""),
      Self.uncounted(in: report, suppressed: suppressed).joined(separator: ", "),
    ]
    lines = sentences.filter { !$0.isEmpty }.map { "\(Tool.name): \($0)" }
  }

  private static func findings(of report: Report) -> String {
    let shown = report.shown
    let counts = Severity.allCases.reversed().compactMap { severity in
      let number = shown.count { $0.severity == severity }
      return number == 0 ? nil : Count(number, severity.rawValue).description
    }
    let scope = scope(of: report)
    if !counts.isEmpty { return "\(counts.joined(separator: ", ")); \(scope)" }
    return report.services.affected.isEmpty ? scope : "no diagnostics; \(scope)"
  }

  private static func scope(of report: Report) -> String {
    let services = report.services
    let isAll = report.scope.mode == "all"
    if services.affected.isEmpty && report.templates.changed == 0 && !isAll { return "no templates changed" }
    var parts =
      isAll
      ? [Count(services.total, "service").description]
      : services.affected.isEmpty
        ? ["no services affected"]
        : ["\(services.affected.count) of \(Count(services.total, "service")) affected"]
    parts.append("\(Count(report.templates.read, "template")) read")
    let skipped = report.templates.skipped.count
    if skipped > 0 { parts.append("\(skipped) skipped (--verbose tells why)") }
    return parts.joined(separator: ", ")
  }

  private static func uncounted(in report: Report, suppressed: Int) -> [String] {
    let hidden = report.diagnostics.count - report.shown.count
    var parts: [String] = []
    if hidden > 0 {
      let pronoun = hidden == 1 ? "it" : "them"
      parts.append("\(Count(hidden, "existing diagnostic")) hidden (--existing show lists \(pronoun))")
    }
    if !report.resolved.isEmpty { parts.append("\(report.resolved.count) resolved") }
    if suppressed > 0 { parts.append("\(suppressed) suppressed by the change itself") }
    return parts
  }
}
