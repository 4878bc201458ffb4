/// What a rule's page says beyond its description: `precede explain` and `docs/rules` show both. Texts are Markdown; a
/// line break is a space, an empty line begins a paragraph.
package struct RuleManual: Sendable {
  /// What the rule looks for, and what it counts as evidence.
  package let finds: String
  /// What happens in AWS, with the text of the error that people see and search for.
  package let effect: String
  package let example: Example
  /// The statement in a CDK app, in TypeScript, in the form that makes no cycle; `nil` where the app writes nothing of it.
  package let cdk: String?
  /// Whether the deployment at hand will run into it, or only another one.
  package let urgency: String
  /// What doing as the fix says makes slower, or keeps waiting.
  package let cost: String
  /// What looks like the fault and is none, and how the rule tells.
  package let falseAlarms: String
  /// Addresses of pages that the facts are from; none where all of it is Precede's own.
  package let sources: [String]

  package init(
    finds: String, effect: String, example: Example, cdk: String? = nil, urgency: String, cost: String,
    falseAlarms: String, sources: [String]
  ) {
    self.finds = finds
    self.effect = effect
    self.example = example
    self.cdk = cdk
    self.urgency = urgency
    self.cost = cost
    self.falseAlarms = falseAlarms
    self.sources = sources
  }

  /// A bad and a good case in one, as the lines of a unified diff: those with `-` stand only in the bad one, those with
  /// `+` only in the good one, all others begin with a space and stand in both. The rule speaks about the bad case and is
  /// silent about the good one; a test applies it to both.
  package enum Example: Sendable {
    /// A template. With an old side the two cases are two changes that begin with it.
    case template(String, since: String? = nil)
    /// Files, where one template does not show it.
    case files([File], since: [File] = [])
    /// Commands and what they print: a fault that stands in no template. It is shown and not applied.
    case commands(String)
  }

  package struct File: Sendable {
    package let name: String
    package let text: String

    package init(_ name: String, _ text: String) {
      self.name = name
      self.text = text
    }
  }
}

extension RuleManual.Example {
  /// The files of the case with their marked lines, and those of the old side; none of commands.
  package var files: (old: [RuleManual.File], marked: [RuleManual.File]) {
    switch self {
    case .template(let text, let old):
      (old.map { [RuleManual.File(Self.name, $0)] } ?? [], [RuleManual.File(Self.name, text)])
    case .files(let files, let old): (old, files)
    case .commands: ([], [])
    }
  }

  private static let name = "template.yaml"
}

extension RuleManual.File {
  package enum Side: Character, Sendable {
    case bad = "-"
    case good = "+"
  }

  /// The text of one of the two cases, without the marks.
  package func text(_ side: Side) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
      guard let mark = line.first else { return "" }
      return mark == " " || mark == side.rawValue ? String(line.dropFirst()) : nil
    }
    .joined(separator: "\n") + "\n"
  }
}
