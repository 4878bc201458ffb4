package import Diagnostics

/// The XML of Checkstyle, which Jenkins and reviewdog read: errors by file.
///
/// https://checkstyle.org/apidocs/com/puppycrawl/tools/checkstyle/XMLLogger.html
package struct CheckstyleReporter: Reporter {
  package init() {}

  package func report(_ report: Report) -> String {
    var files: [Path: [XMLElement]] = [:]
    for diagnostic in report.shown { files[diagnostic.location.path, default: []].append(error(for: diagnostic)) }
    let elements = files.sorted { $0.key < $1.key }.map { path, errors in
      XMLElement(name: "file", attributes: [("name", PathText(path).description)], children: errors)
    }
    return XMLElement(name: "checkstyle", attributes: [("version", "8.0")], children: elements).document
  }

  private func error(for diagnostic: Diagnostic) -> XMLElement {
    let start = diagnostic.location.range.start
    return XMLElement(
      name: "error",
      attributes: [
        ("line", "\(start.line)"), ("column", "\(start.column)"), ("severity", severity(of: diagnostic)),
        ("message", diagnostic.message.text), ("source", "\(Tool.name).\(diagnostic.rule)"),
      ])
  }

  private func severity(of diagnostic: Diagnostic) -> String {
    switch diagnostic.severity {
    case .error, .warning: diagnostic.severity.rawValue
    case .notice: "info"
    }
  }
}
