import Diagnostics

/// A template that cannot be read, so that nothing in it was checked. Which files count as templates although they
/// cannot be read is decided where they are read.
struct UnreadableTemplate: Rule {
  static let description = RuleDescription(
    id: "unreadable-template", severity: .error, group: .template, summary: "a template that cannot be parsed")

  func check(_ change: Change) -> [Diagnostic] {
    change.unreadable.map { template in
      Diagnostic(
        rule: Self.description.id, severity: .error, .cannotBeRead(template), at: template.location,
        identity: [template.location.path.description])
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func cannotBeRead(_ template: Change.Unreadable) -> Self {
    "the template cannot be read, so nothing in it was checked: \(template.reason)"
  }
}
