/// The tool as its reports name it.
package struct Tool: Sendable {
  package static let name = "precede"

  package var version: String
  /// The address of the folder that has one page a rule, without a `/` at its end; `nil` where there is none.
  package var rulePages: String?

  package init(version: String, rulePages: String? = nil) {
    self.version = version
    self.rulePages = rulePages
  }

  package func page(of rule: String) -> String? { rulePages.map { "\($0)/\(rule).md" } }
}
