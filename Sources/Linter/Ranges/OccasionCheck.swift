import Diagnostics
import Git

extension Linter {
  /// Looks at what a hook or a CI tells of; each range once.
  ///
  /// - Parameter paths: files and folders as the user gave them; none for everything.
  package func check(
    _ occasions: [Occasion], paths: [String] = [], settings: Settings = Settings(), synth: Synth? = nil
  ) throws(RunError) -> Outcome {
    try RunError.wrapping {
      // Where nothing was said to have happened there need not be anything to read, either.
      guard !occasions.isEmpty else { return Outcome(joining: []) }
      let repository = try repository()
      var outcomes: [Outcome] = []
      var sentences: [String] = []
      var seen: Set<Request> = []
      for occasion in occasions {
        let (assignment, missing) = try assignment(for: occasion, in: repository, settings)
        // Of a commit nobody asks what is meant.
        if assignment.request != .staged, !sentences.contains(assignment.sentence) {
          sentences.append(assignment.sentence)
        }
        guard let request = assignment.request, seen.insert(request).inserted else { continue }
        var settings = settings
        // All that there is has no base whose word could count.
        if case .all = request { settings.side = .new }
        var outcome = try check(request, paths: paths, settings: settings, synth: synth)
        outcome.report.scope.reason = assignment.reason
        outcome.missingBase = missing
        try place(&outcome.report, onLinesOf: assignment, in: repository)
        outcomes.append(outcome)
      }
      var outcome = Outcome(joining: outcomes)
      outcome.occasions = sentences
      return outcome
    }
  }

  /// With the reason where everything takes the place of a change.
  private func assignment(
    for occasion: Occasion, in repository: Repository, _ settings: Settings
  ) throws -> (Assignment, missing: RunError?) {
    do {
      return (try RangeFinder(repository: repository).assignment(for: occasion), nil)
    } catch let error as RunError where error.lacksBase && settings.checksAllWithoutBase {
      return (Assignment(request: .all(revision: "HEAD"), reason: error.reason), error)
    }
  }

  private func place(_ report: inout Report, onLinesOf assignment: Assignment, in repository: Repository) throws {
    guard let lines = assignment.lines.flatMap({ ObjectID(hex: $0) }), let head = ObjectID(hex: report.scope.head)
    else {
      return
    }
    var placement = try LinePlacement(from: head, to: lines, in: repository)
    try placement.move(&report)
  }

  /// Names the commits of a range that brought its diagnostics in.
  func nameIntroductions(in outcome: inout Outcome, _ settings: Settings) throws {
    let scope = outcome.report.scope
    guard scope.mode == "range", let new = ObjectID(hex: scope.head) else { return }
    let old = scope.base.flatMap { ObjectID(hex: $0) }
    let repository = try repository()
    // Commits bring other files along, so that shards would deal otherwise.
    var settings = settings
    settings.shard = nil
    let introductions = Introductions(repository: repository, old: old, new: new) { [settings] commit, paths in
      let range = Assignment.range(old, commit, "").request ?? .staged
      let filter = PathFilter(paths: paths.sorted())
      do {
        let comparison = try Comparison(range, in: repository, filter: filter.paths)
        let run = try run(on: comparison, filter, top: repository.workTree, settings)
        let found = try run.outcome(narrowedBy: filter).report.diagnostics
        return Set(found.filter { $0.status == .new }.map(\.fingerprint))
      } catch is RunError {
        // Its configuration was wrong, and with that it has no diagnostics.
        return []
      }
    }
    try introductions.name(in: &outcome.report, sources: outcome.sources)
  }
}
