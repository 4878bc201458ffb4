import Diagnostics

/// A suppression that silences nothing. Whether one is of use only a look at everything tells.
struct UnusedSuppression: Rule {
  static let description = RuleDescription(
    id: "unused-suppression", severity: .warning, group: .template,
    summary: "a suppression that matches nothing, told with --all")

  func check(_ change: Change) -> [Diagnostic] {
    change.idleSuppressions.compactMap { suppression in
      if case .expired = suppression.cause { return nil }
      return Diagnostic(
        rule: Self.description.id, severity: .warning, .silencesNothing(suppression), at: suppression.location,
        identity: suppression.identity)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func silencesNothing(_ suppression: IdleSuppression) -> Self {
    if case .faulty(let fault) = suppression.cause {
      return "the suppression\(suppression.phrase) does not count: \(fault)"
    }
    return "the suppression\(suppression.phrase) matches nothing and can be removed"
  }
}
