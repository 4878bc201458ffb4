import Foundation

/// What Precede finds in public templates with every rule on, and what a reader made of each finding: the lines of
/// `Tests/Fixtures/corpus.out`. Only where, and by which rule: not the text.
package struct CorpusReview: Sendable {
  package var findings: [Finding]

  package struct Finding: Hashable, Sendable {
    package let template: String
    package let line: Int
    package let rule: String
    /// The finding of this rule on this line, counted from 1.
    package let number: Int
    /// What a reader made of it; `unread` until somebody has.
    package var verdict: String

    package init(template: String, line: Int, rule: String, number: Int, verdict: String) {
      self.template = template
      self.line = line
      self.rule = rule
      self.number = number
      self.verdict = verdict
    }

    /// The same without the verdict.
    package var key: [String] { [template, "\(line)", rule, "\(number)"] }

    /// Whether the template is of another project, and not an app made to hold faults.
    package var isReal: Bool { !template.hasPrefix("cdk-synth/") }
  }

  package static let file = Project.fixtures.appending(path: "corpus.out")

  /// What has been read so far.
  package static func known() throws -> CorpusReview {
    CorpusReview(parsing: try String(contentsOf: file, encoding: .utf8))
  }

  package init(findings: [Finding]) { self.findings = findings }

  /// `template:line rule verdict`, a finding a line; several of one rule on one line stand below each other.
  package init(parsing text: String) {
    var seen: [String: Int] = [:]
    findings = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
      let words = line.split(separator: " ", maxSplits: 2).map(String.init)
      guard words.count == 3, let colon = words[0].lastIndex(of: ":"), let number = Int(words[0][colon...].dropFirst())
      else { return nil }
      let key = words[0] + " " + words[1]
      seen[key, default: 0] += 1
      return Finding(
        template: String(words[0][..<colon]), line: number, rule: words[1], number: seen[key] ?? 1, verdict: words[2])
    }
  }

  package var text: String {
    let lines = findings.map { "\($0.template):\($0.line) \($0.rule) \($0.verdict)\n" }
    return CorpusReview.head + lines.joined()
  }

  /// The section of a rule's page: on how many real templates it speaks, and how often it is right.
  package func section(for rule: String) -> String {
    let found = findings.filter { $0.isReal && $0.rule == rule }
    guard !found.isEmpty else {
      return "\n## On real templates\n\nIt speaks about none of the templates of other projects that it was tried on.\n"
    }
    let times = found.count == 1 ? "once" : "\(found.count) times"
    let count = Set(found.map(\.template)).count
    let templates = count == 1 ? "one template" : "\(count) templates"
    let verdicts = Dictionary(grouping: found) { String($0.verdict.prefix { $0 != ":" }) }
    let parts = ["right", "unsure", "wrong", "unread"].compactMap { name in verdicts[name].map { "\($0.count) \(name)" }
    }
    return """

      ## On real templates

      It speaks \(times), about \(templates) of other projects. Of these findings a reader judged
      \(parts.joined(separator: ", ")).

      """
  }

  private static let head = """
    # What every rule, switched on, finds in public templates: template:line rule verdict. Verdicts: right, unsure or
    # wrong, perhaps with a colon and the reason. UPDATE_GOLDEN=1 adds what is new as "unread", which fails until read.

    """
}
