import Diagnostics
import Rules

extension Linter {
  /// What there is to tell of the new side of a run as a whole, with what only the comparison could tell. For those who
  /// compare reports themselves and would take for gone what one of them leaves out.
  package func whole(
    _ outcome: Outcome, paths: [String] = [], settings: Settings, synth: Synth? = nil
  ) throws(RunError) -> Outcome {
    guard let request = outcome.report.scope.whole else { return outcome }
    var settings = settings
    // There is no base whose word could count, nor a range whose commits could be named.
    settings.side = .new
    settings.namesIntroductions = false
    var whole = try check(request, paths: paths, settings: settings, synth: synth)
    let own = outcome.report.diagnostics.filter { settings.shard == nil || whole.tells($0) }
    let told = Set(own.map(\.fingerprint))
    var others = whole.report.diagnostics.filter { !told.contains($0.fingerprint) }
    // What the comparison did not find was there before.
    for index in others.indices { others[index].status = .existing }
    whole.report.diagnostics = (own + others).sorted()
    return whole
  }
}

extension Outcome {
  /// Whether a diagnostic of the comparison belongs to this shard of the whole: it finds it itself, or no shard does.
  fileprivate func tells(_ diagnostic: Diagnostic) -> Bool {
    RuleSet.descriptions.contains { $0.id == diagnostic.rule && $0.needsOldSide }
      || report.diagnostics.contains { $0.fingerprint == diagnostic.fingerprint }
  }
}

extension Report.Scope {
  /// All that the new side has; `nil` when that was looked at already.
  fileprivate var whole: Request? {
    switch mode {
    case "all": nil
    case "staged": .allStaged
    case "worktree": .all(revision: nil)
    case "assembly": .assembly(head, base: nil)
    case "none": .all(revision: "HEAD")
    default: .all(revision: head)
    }
  }
}
