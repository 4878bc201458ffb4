package import Diagnostics
package import Services

/// One kind of fault. A rule is a value without state: the same change gives the same diagnostics, and no rule knows of
/// the others, of suppressions or of formats.
package protocol Rule: Sendable {
  static var description: RuleDescription { get }

  /// The kind of need that the rule is about; `nil` for a rule about anything else.
  static var need: Need.Kind? { get }

  /// What the rule's page says. Made only when somebody asks for it.
  static var manual: RuleManual { get }

  /// What is wrong in the new side of a change, on the services that the change affects.
  func check(_ change: Change) -> [Diagnostic]
}

extension Rule {
  package static var need: Need.Kind? { nil }
}

/// A rule about what a service must wait for before it starts.
package protocol NeedRule: Rule {
  static var kind: Need.Kind { get }
}

extension NeedRule {
  package static var need: Need.Kind? { kind }
}
