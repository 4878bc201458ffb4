import Diagnostics
import Rules
import Services

/// What the rules found in the groups of a run.
struct Findings {
  private var screen: Screen
  private let filter: PathFilter
  private let listsConnections: Bool
  private var services = Report.Services()
  private var connections: [Report.Connection] = []
  private var found: [Finding] = []
  private var ofApps: [Finding] = []
  /// Everything that the old side had, and what of it people were told.
  private var before: [Diagnostic] = []
  private var told: [Diagnostic] = []
  /// Rule and identity of what the new side no longer has.
  private var gone: Set<[String]> = []
  /// What concerns several groups, as far as it was found already.
  private var shared: Set<[String]> = []
  /// The files whose change may bring a diagnostic in, by its key.
  private var sources: [[String]: Set<Path>] = [:]
  /// What was found, as it was found: a nested template says the same in the group of each of its parents.
  private var seen: Set<Diagnostic> = []
  private var seenBefore: Set<Diagnostic> = []

  init(_ screen: Screen, _ filter: PathFilter, listsConnections: Bool) {
    self.screen = screen
    self.filter = filter
    self.listsConnections = listsConnections
  }

  /// Takes in what was found in a group; `widening` tells what concerns more than the group.
  mutating func add(
    _ verdict: Verdict, widening: ([Diagnostic], Change) throws -> WiderCircle.View?
  ) rethrows {
    if let change = verdict.change { try add(verdict.found, in: change, widening) }
    guard let before = verdict.before, !verdict.had.isEmpty else { return }
    self.before += verdict.had.filter { seenBefore.insert($0).inserted }
    told += screen.told(verdict.had, in: before)
    gone.formUnion(verdict.had.map(\.key).filter { !verdict.remaining.contains($0) })
  }

  private mutating func add(
    _ own: [Diagnostic], in change: Change, _ widening: ([Diagnostic], Change) throws -> WiderCircle.View?
  ) rethrows {
    let model = change.new
    let view = try widening(own, change)
    let keys = Set(own.map(\.key))
    // What concerns several groups is found by each of them.
    let diagnostics = (view?.diagnostics ?? own).filter { keys.contains($0.key) || shared.insert($0.key).inserted }
    let fresh = diagnostics.filter { seen.insert($0).inserted }
    found += screen.findings(fresh, in: view?.model ?? model, old: view?.before ?? change.old) { [filter] in
      filter.contains($0.location.path)
    }
    let files = Set(
      [model, view?.model, change.old].compactMap(\.self).flatMap { $0.group.stacks.map(\.template.path) })
    for diagnostic in diagnostics {
      // Nearly always the set of the group as it is, which is then not copied for every diagnostic.
      let own = files.contains(diagnostic.location.path) ? files : files.union([diagnostic.location.path])
      sources[diagnostic.key] = sources[diagnostic.key]?.union(own) ?? own
    }
    services.total += model.services.count
    services.affected += model.services.map(\.name).filter { change.affected.contains($0) && filter.contains($0.path) }
    if listsConnections {
      connections += model.connections.map { Report.Connection($0, in: model) }
        .filter { filter.contains($0.client.path) || filter.contains($0.server.path) }
    }
  }

  /// What is to be said of an app stands at its `cdk.json`, also when the user named only other files of it.
  mutating func add(_ apps: [Change.App]) {
    let change = Change(new: .empty, affected: [], apps: apps)
    ofApps += screen.findings(screen.rules.flatMap { $0.check(change) }, in: .empty, old: nil) { _ in true }
  }
}

extension Findings {
  /// The report, without what is silenced or known.
  func outcome(_ scope: Report.Scope, _ templates: Report.Templates) -> Outcome {
    var all = found.filter { filter.contains($0.diagnostic.location.path) } + ofApps
    all += screen.diagnostics.map { Finding(diagnostic: $0, isSilenced: false, isSilencedByBase: false) }
    all.sort { $0.diagnostic < $1.diagnostic }
    // Fingerprints count repeats, so that what is silenced has its number too.
    var diagnostics = all.map(\.diagnostic)
    var old = before.filter { filter.contains($0.location.path) }.sorted()
    Fingerprint.assign(to: &diagnostics)
    Fingerprint.assign(to: &old)
    let known = Set(old.map(\.fingerprint))
    for index in all.indices {
      all[index].diagnostic = diagnostics[index]
      if known.contains(diagnostics[index].fingerprint) { all[index].diagnostic.status = .existing }
    }
    let tally = screen.tally(all)
    let resolved = Set(told.map(\.key)).intersection(gone)
    return Outcome(
      report: Report(
        scope: scope, templates: templates, services: services, connections: connections,
        diagnostics: tally.reported, resolved: old.filter { resolved.contains($0.key) }),
      details: tally.details, suppressed: tally.suppressedByChange, baseline: tally.baseline, sources: sources)
  }
}

extension Report.Connection {
  init(_ connection: Connection, in model: ServiceModel) {
    self.init(
      client: model[connection.client].name, server: model[connection.server].name,
      endpoint: connection.endpoint.display, mechanism: connection.mechanism.rawValue,
      order: connection.relation.rawValue, strength: connection.strength.rawValue,
      evidence: connection.evidence.map { .init(kind: $0.kind.rawValue, name: $0.name, location: $0.location) })
  }
}
