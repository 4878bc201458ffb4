import Rules

/// The list of rules for people, programs and the documentation.
package enum RuleTable {
  package enum Format: String, CaseIterable, Sendable {
    case text, json, markdown
  }

  package static func text(as format: Format) -> String {
    switch format {
    case .text: RuleSet.descriptions.map(line).joined()
    case .json: "[\n" + RuleSet.descriptions.map(object).joined(separator: ",\n") + "\n]\n"
    case .markdown: header + RuleSet.descriptions.map { row($0, name: "`\($0.id)`") }.joined()
    }
  }

  private static func severity(_ rule: RuleDescription) -> String { rule.severity?.rawValue ?? "off" }

  private static func line(_ rule: RuleDescription) -> String {
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(1, width - text.count))
    }
    return padded(rule.id, 28) + padded(severity(rule), 9) + rule.summary + "\n"
  }

  /// The page of the documentation that lists every rule.
  package static var page: String {
    """
    # The rules

    What is found has one of three severities: an **error** stops a deployment or leaves a service broken until somebody
    acts, a **warning** may do so, a **notice** is worth knowing. A rule that is *off* speaks where the configuration or
    `--rule` switches it on. The severity is the highest that the rule may have. A rule that needs the old side compares
    with it and is silent without one.

    """ + "\n" + header + RuleSet.descriptions.map { row($0, name: "[`\($0.id)`](rules/\($0.id).md)") }.joined()
  }

  private static let header = """
    | rule | severity | group | old side | finds |
    |---|---|---|---|---|

    """

  private static func row(_ rule: RuleDescription, name: String) -> String {
    "| \(name) | \(severity(rule)) | \(rule.group.rawValue) | \(rule.needsOldSide ? "needed" : "") | \(rule.summary) |\n"
  }

  /// Ids and summaries are plain ASCII words of ours, without quotes and backslashes.
  private static func object(_ rule: RuleDescription) -> String {
    """
      {"id": "\(rule.id)", "severity": "\(severity(rule))", "group": "\(rule.group.rawValue)", \
    "summary": "\(rule.summary)", "old": \(rule.needsOldSide), "url": null}
    """
  }
}
