package import Diagnostics

/// A test report as GitLab and Jenkins show it: a suite a template, a case for each service that was looked at, and one
/// for each diagnostic. Errors and warnings are failures; a notice is the output of a case that passed.
///
/// GitLab's reader: https://docs.gitlab.com/ci/testing/unit_test_reports
package struct JUnitReporter: Reporter {
  package init() {}

  package func report(_ report: Report) -> String {
    let found = Dictionary(grouping: report.shown, by: \.file)
    let services = Dictionary(grouping: report.services.affected, by: \.path)
    let suites = Set(found.keys).union(services.keys).sorted().map { path in
      suite(of: path, found[path] ?? [], services[path] ?? [])
    }
    return XMLElement(
      name: "testsuites", attributes: [("name", Tool.name)] + counts(in: suites.flatMap(\.children)), children: suites
    ).document
  }

  private func suite(of path: Path, _ found: [Diagnostic], _ services: [Report.Resource]) -> XMLElement {
    let faulty = Set(found.compactMap(\.service))
    let passed = services.filter { !faulty.contains($0.logicalID) }.map { service in
      XMLElement(name: "testcase", attributes: attributes(of: service.logicalID, in: path))
    }
    let cases = found.map { self.case(of: $0) } + passed
    return XMLElement(
      name: "testsuite",
      attributes: [("name", Self.withoutAttachments(PathText(path).description))] + counts(in: cases), children: cases)
  }

  private func counts(in cases: [XMLElement]) -> [(name: String, value: String)] {
    let failures = cases.count { $0.children.first?.name == "failure" }
    return [("tests", "\(cases.count)"), ("failures", "\(failures)"), ("errors", "0")]
  }

  private func `case`(of diagnostic: Diagnostic) -> XMLElement {
    let name = diagnostic.service.map { "\($0): \(diagnostic.rule)" } ?? diagnostic.rule
    let text = Self.withoutAttachments(TextReporter().text(of: diagnostic))
    let message = Self.withoutAttachments(diagnostic.message.text)
    let child =
      diagnostic.severity == .notice
      ? XMLElement(name: "system-out", attributes: [], text: text)
      : XMLElement(
        name: "failure", attributes: [("message", message), ("type", diagnostic.severity.rawValue)], text: text)
    return XMLElement(
      name: "testcase", attributes: attributes(of: name, in: diagnostic.file), children: [child])
  }

  private func attributes(of name: String, in path: Path) -> [(name: String, value: String)] {
    let file = Self.withoutAttachments(PathText(path).description)
    return [("name", Self.withoutAttachments(name)), ("classname", file), ("file", file)]
  }

  /// GitLab takes `[[ATTACHMENT|path]]` in an output for a file to show.
  private static func withoutAttachments(_ text: String) -> String {
    text.replacing("[[ATTACHMENT", with: "[ [ATTACHMENT")
  }
}
