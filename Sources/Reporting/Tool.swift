package import Diagnostics

/// The tool as its reports name it.
package struct Tool: Sendable {
  package static let name = "precede"

  package var version: String
  /// The address of the folder that has one page a rule, without a `/` at its end; `nil` where there is none.
  package var rulePages: String?
  /// Every rule, for reports that describe them. Only these ask for it, since it takes a while to put together.
  package var rules: @Sendable () -> [Rule]

  package init(version: String, rulePages: String? = nil, rules: @escaping @Sendable () -> [Rule] = { [] }) {
    self.version = version
    self.rulePages = rulePages
    self.rules = rules
  }

  /// A rule as a report describes it.
  package struct Rule: Sendable {
    package let id: String
    /// `nil` for a rule that is off.
    package let severity: Severity?
    package let group: String
    package let summary: String
    /// In Markdown.
    package let page: String

    package init(id: String, severity: Severity?, group: String, summary: String, page: String) {
      self.id = id
      self.severity = severity
      self.group = group
      self.summary = summary
      self.page = page
    }
  }

  package func page(of rule: String) -> String? { rulePages.map { "\($0)/\(rule).md" } }
}
