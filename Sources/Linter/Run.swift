import Diagnostics
import Rules
import Services
import Templates

/// The state of one run: which template groups the changed files belong to, then what was found in them.
struct Run {
  let comparison: Comparison
  let screen: Screen
  private let new: GroupReader
  private let old: GroupReader?
  private let crew: Crew
  /// The files to look at.
  private var paths: [Path] = []
  var progress: Progress?
  /// The part of the files to look at, where others look at the rest.
  var shard: Shard?
  /// Whether the report lists who connects to whom.
  var listsConnections = true

  /// A run without configuration.
  init(_ comparison: Comparison, _ crew: Crew = .full) {
    self.comparison = comparison
    self.crew = crew
    screen = Screen(comparison.old == nil ? .everything : .change)
    new = GroupReader(comparison.new, Configuration(), crew)
    old = comparison.old.map { GroupReader($0, Configuration(), crew) }
  }

  init(_ comparison: Comparison, _ screen: Screen) throws {
    self.comparison = comparison
    crew = .full
    self.screen = screen
    let configuration = screen.policy.configuration
    var new = GroupReader(comparison.new, configuration)
    var old = comparison.old.map { GroupReader($0, configuration) }
    // Names are looked up on one side, so that both make the same groups of them.
    let counting = screen.side == .base ? old ?? new : new
    if comparison.holdsRepository { try Run.check(configuration.nested, in: counting.templates.snapshot) }
    if !configuration.stacks.isEmpty {
      new.joined = try counting.joined(configuration.stacks, isWhole: comparison.holdsRepository)
      old?.joined = new.joined
    }
    self.new = new
    self.old = old
  }

  private static func check(_ files: [Configuration.NestedFile], in snapshot: any Snapshot) throws {
    for entry in files where try snapshot.contents(of: Path(entry.file.text)) == nil {
      throw RunError(inConfiguration: entry.file.location, "there is no file \(entry.file.text)")
    }
  }

  mutating func look(at path: Path) { paths.append(path) }

  func report(narrowedBy filter: PathFilter) throws -> Report { try outcome(narrowedBy: filter).report }

  /// Judges every group and puts the findings together. Documents are held as long as their groups are judged, a few files
  /// at a time.
  func outcome(narrowedBy filter: PathFilter) throws -> Outcome {
    var findings = Findings(screen, filter, listsConnections: listsConnections)
    var search = GroupSearch(new: new, old: old)
    let wider = WiderCircle(new: new, old: old, paths: comparison.paths)
    var nearer: [GroupReader.Key] = []
    let paths =
      try shard.map { try Shares(self.paths, among: $0.count, new: new, old: old).files(of: $0) } ?? self.paths
    for start in stride(from: 0, to: paths.count, by: Run.filesAtOnce) {
      let some = paths[start..<min(start + Run.filesAtOnce, paths.count)]
      progress?("checking \(start + 1) of \(paths.count): \(some[start])")
      nearer += try judge(search.keys(holding: some), &findings, wider)
      new.templates.forget()
      old?.templates.forget()
    }
    while !nearer.isEmpty { nearer = try judge(search.unseen(among: nearer), &findings, wider) }
    let isFirst = shard.map { $0.number == 1 } ?? true
    if isFirst { findings.add(comparison.apps) }
    var outcome = findings.outcome(
      comparison.scope,
      .init(changed: search.changed, read: new.templates.read.count, skipped: search.skipped))
    outcome.report.assemblies = comparison.assemblies
    outcome.report.scope.shard = shard?.number
    let reader = comparison.repository.map { "git is read by \($0.reader)" }
    outcome.details =
      comparison.details + [reader].compactMap(\.self) + new.templates.read.details
      + search.skipped.map { "skipped \($0.path): \($0.reason)" } + outcome.details
    outcome.configuresBaseline = screen.policy.configuration.baseline != nil
    outcome.appsNotSynthesised = isFirst ? comparison.apps.filter { !$0.isSynthesised }.map(\.file) : []
    return outcome
  }

  /// So many files keep many threads busy, and their documents take little room.
  private static let filesAtOnce = 128

  /// Judges some groups.
  ///
  /// - Returns: the groups to judge in place of templates that are nested stacks of others.
  private func judge(
    _ keys: [GroupReader.Key], _ findings: inout Findings, _ wider: WiderCircle
  ) throws -> [GroupReader.Key] {
    var nearer: [GroupReader.Key] = []
    let cases = try cases(of: keys).filter { group in
      guard case .template(let path) = group.key, let model = group.model else { return true }
      let keys = try wider.groups(nesting: path, model, before: group.before)
      nearer += keys
      return keys.isEmpty
    }
    for verdict in Judges(rules: screen.rules, needs: screen.needs, crew: crew).verdicts(on: cases) {
      try findings.add(verdict) { found, change in
        guard case .template(let path) = verdict.key else { return nil }
        return try wider.widened(found, of: change, at: path)
      }
    }
    return nearer
  }

  /// The groups with their models.
  private func cases(of keys: [GroupReader.Key]) throws -> [Judges.Case] {
    let sides = try keys.map { key in
      let before = try old?.side(of: key, expecting: .none)
      return (now: try new.side(of: key, expecting: before == nil ? .none : .template), before: before)
    }
    var models = new.models(of: sides.flatMap { [$0.now, $0.before].compactMap(\.self) })[...]
    return zip(keys, sides).map { key, side in
      Judges.Case(
        key: key, model: side.now.flatMap { _ in models.popFirst() },
        before: side.before.flatMap { _ in models.popFirst() },
        unreadable: side.now?.unreadable ?? [])
    }
  }
}

extension Run {
  /// Where an app makes resources; `nil` outside of any repository.
  var constructSource: ConstructSource? { comparison.sources.map(new.constructSource) }

  func isInAssembly(_ path: Path) throws -> Bool { try new.isInAssembly(path) }

  /// The models of the new side; what is nested in one of them is no model of its own.
  func models() throws -> [ServiceModel] {
    var search = GroupSearch(new: new, old: old)
    let keys = try search.keys(holding: paths)
    let found = Set(keys)
    let roots = try keys.filter { key in
      guard case .template(let path) = key else { return true }
      let nearer = try new.keys(nesting: path)
      return nearer.isEmpty || !found.isSuperset(of: nearer)
    }
    return new.models(of: try roots.compactMap { try new.side(of: $0, expecting: .none) })
  }
}
