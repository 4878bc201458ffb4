package import Diagnostics
import Rules

/// The page of one rule: what `precede explain` prints, `docs/rules` holds and reports describe.
package struct RulePage: Sendable {
  package let id: String
  /// `nil` for a rule that is off.
  package let severity: Severity?
  package let group: String
  package let summary: String
  package let markdown: String

  private init(_ rule: any Rule.Type) {
    let description = rule.description
    id = description.id
    severity = description.severity
    group = description.group.rawValue
    summary = description.summary
    markdown = RulePage.markdown(for: rule)
  }

  /// Those of all rules in the order of the documentation.
  package static var all: [RulePage] { RuleSet.all.map { RulePage(type(of: $0)) } }

  /// - Throws: `RunError` when there is no such rule.
  package init(id: String) throws(RunError) {
    guard let rule = RuleSet.all.first(where: { type(of: $0).description.id == id }) else {
      let question = ClosestName.question(id, among: RuleSet.descriptions.map(\.id))
      throw RunError("explain \(id)", "there is no such rule", hint: question ?? "precede rules")
    }
    self.init(type(of: rule))
  }

  private static func markdown(for rule: any Rule.Type) -> String {
    let (description, manual) = (rule.description, rule.manual)
    let sections: [(String, String?)] = [
      ("What it finds", manual.finds),
      ("What happens", manual.effect),
      ("Example", example(manual.example)),
      ("In the CDK", manual.cdk),
      ("Will it hurt me now?", manual.urgency),
      ("What the fix costs", manual.cost),
      ("False alarms", manual.falseAlarms + "\n\n" + suppression(of: description)),
      ("Sources", manual.sources.isEmpty ? nil : manual.sources.map { "- <\($0)>" }.joined(separator: "\n")),
    ]
    return "# \(description.id)\n\n\(head(description))\n"
      + sections.compactMap { title, text in text.map { "\n## \(title)\n\n\($0)\n" } }.joined()
  }

  private static func head(_ rule: RuleDescription) -> String {
    let severity = rule.severity.map { "**\($0.rawValue)**" } ?? "**off** unless it is switched on"
    let side = rule.needsOldSide ? "; compares with the side before the change and is silent without one" : ""
    return "Finds: \(rule.summary).\n\nGroup `\(rule.group.rawValue)`, \(severity)\(side)."
  }

  private static func example(_ example: RuleManual.Example) -> String {
    if case .commands(let text) = example { return block(text, "console") }
    let (old, marked) = example.files
    let legend = "Lines with `-` stand in the faulty template, those with `+` in the right one."
    let blocks = marked.map { block($0, "diff") }.joined(separator: "\n\n")
    guard !old.isEmpty else { return "\(legend)\n\n\(blocks)" }
    let before = old.map { block($0, "yaml") }.joined(separator: "\n\n")
    return "Before the change:\n\n\(before)\n\nAfter it. \(legend)\n\n\(blocks)"
  }

  private static func block(_ file: RuleManual.File, _ language: String) -> String {
    "`\(file.name)`:\n\n" + block(file.text, language)
  }

  private static func block(_ text: String, _ language: String) -> String { "```\(language)\n\(text)\n```" }

  private static func suppression(of rule: RuleDescription) -> String {
    switch rule.subject {
    case .resources:
      """
      To silence one finding, put this on the line before the resource, or an entry into `suppress` of
      [the configuration](../configuration.md):

      ```yaml
      # precede: ignore \(rule.id) REASON
      ```

      `--rule \(rule.id)=off`, or `rules: {\(rule.id): off}` in the configuration, silences all.
      """
    case .template, .app:
      """
      It stands at no resource, so no comment silences it. An entry into `suppress` of
      [the configuration](../configuration.md), with the rule and a reason, does, and so does `--rule \(rule.id)=off`.
      """
    case .suppressions:
      "No suppression silences it; `rules: {\(rule.id): off}` in [the configuration](../configuration.md) does."
    }
  }
}
