import Diagnostics

/// A suppression whose day has come: what it silenced is reported again, and this says why.
struct ExpiredSuppression: Rule {
  static let description = RuleDescription(
    id: "expired-suppression", severity: .warning, group: .template,
    summary: "a suppression that is past its date, of something that is still there")

  func check(_ change: Change) -> [Diagnostic] {
    change.idleSuppressions.compactMap { suppression in
      guard case .expired(let day) = suppression.cause else { return nil }
      return Diagnostic(
        rule: Self.description.id, severity: .warning, .ended(suppression, on: day), at: suppression.location,
        fix: Fix(summary: "\(Diagnostic.Message.decide)"), identity: suppression.identity)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func ended(_ suppression: IdleSuppression, on day: String) -> Self {
    "the suppression\(suppression.phrase) ended on \(day), and what it silenced is still there"
  }

  fileprivate static var decide: Self { "put right what it silenced, or give the suppression a later date" }
}
