package import Diagnostics

/// What a rule is, for lists, documentation and configuration.
package struct RuleDescription: Sendable {
  /// A fact about what is wrong, in words joined by hyphens.
  package let id: String
  /// The highest severity a diagnostic of the rule has by default; `nil` for a rule that is off.
  package let severity: Severity?
  package let group: Group
  /// One sentence without a full stop.
  package let summary: String
  /// Whether the rule compares with the old side and is silent without one.
  package let needsOldSide: Bool
  /// Whether the rule may speak of services in two root templates that nothing ties together.
  package let spansRoots: Bool
  /// What its diagnostics are about.
  package let subject: Subject

  package init(
    id: String, severity: Severity?, group: Group, summary: String, needsOldSide: Bool = false,
    spansRoots: Bool = false, subject: Subject = .resources
  ) {
    self.id = id
    self.severity = severity
    self.group = group
    self.summary = summary
    self.needsOldSide = needsOldSide
    self.spansRoots = spansRoots
    self.subject = subject
  }

  /// Where something can be suppressed depends on it.
  package enum Subject: Sendable {
    case resources
    /// A whole template.
    case template
    /// A CDK app beside its templates, which only a change or a folder that is named shows.
    case app
    /// What silences others, and cannot be silenced in its turn.
    case suppressions
  }

  package enum Group: String, CaseIterable, Sendable {
    /// Between services.
    case order
    /// Set-up that cannot work.
    case serviceConnect = "service-connect"
    /// What a service needs before it starts.
    case startup
    /// The template itself.
    case template
  }
}
