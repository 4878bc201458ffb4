/// The hook that a run is, by the name that git and hook managers have for it; see githooks(5). `manual` is what
/// pre-commit and prek call a run that a person asks for.
package enum HookStage: String, CaseIterable, Sendable {
  case preCommit = "pre-commit"
  case preMergeCommit = "pre-merge-commit"
  case prePush = "pre-push"
  case preReceive = "pre-receive"
  case update
  case manual

  /// Whether it runs where others push to.
  package var isOnServer: Bool { self == .preReceive || self == .update }
}
