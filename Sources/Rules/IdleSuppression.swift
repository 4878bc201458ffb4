package import Diagnostics

/// A suppression that silences nothing, and why: the user's word, and no longer or never of use.
package struct IdleSuppression: Hashable, Sendable {
  package let location: Location
  /// The rule that it names; empty when it names none.
  package let rule: String
  /// The names that it gives; `nil` for any.
  package let client: String?
  package let server: String?
  package let cause: Cause

  package enum Cause: Hashable, Sendable {
    /// What it is about is still there, and the day is past until which it counted.
    case expired(on: String)
    /// Nothing is there that it is about.
    case matchless
    /// It is not as it must be: a sentence without a full stop whose subject is the suppression.
    case faulty(String)
  }

  package init(location: Location, rule: String, client: String?, server: String?, cause: Cause) {
    self.location = location
    self.rule = rule
    self.client = client
    self.server = server
    self.cause = cause
  }
}

extension IdleSuppression {
  /// What makes a diagnostic about it the same in another revision.
  var identity: [String] { [location.path.description, rule, client ?? "", server ?? ""] }

  /// What it is about: "of client-before-server for Web and Api".
  var phrase: String {
    let names = [client, server].compactMap(\.self).joined(separator: " and ")
    let rule = rule.isEmpty ? "" : " of \(rule)"
    return names.isEmpty ? rule : "\(rule) for \(names)"
  }
}
