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
  /// The groups to judge, in the order of the files that led to them.
  private var keys: [GroupReader.Key] = []
  private var seen: Set<GroupReader.Key> = []
  private var changed = 0
  private var skipped: [Report.Skipped] = []
  var progress: Progress?
  /// Whether the report lists who connects to whom.
  var listsConnections = true

  /// A run without configuration.
  init(_ comparison: Comparison) {
    self.comparison = comparison
    screen = Screen(comparison.old == nil ? .everything : .change)
    new = GroupReader(comparison.new)
    old = comparison.old.map { GroupReader($0) }
  }

  init(_ comparison: Comparison, _ screen: Screen) throws {
    self.comparison = comparison
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

  /// Finds the groups that a file belongs to on either side.
  mutating func look(at path: Path) throws {
    let found = try new.keys(holding: path)
    let before = try old?.keys(holding: path) ?? []
    guard !found.isEmpty || !before.isEmpty else {
      if case .skipped(let reason) = try new.templates.read(path) { skipped.append(.init(path: path, reason: reason)) }
      return
    }
    if path.name != CloudAssembly.manifestName { changed += 1 }
    for key in found + before where seen.insert(key).inserted { keys.append(key) }
  }

  func report(narrowedBy filter: PathFilter) throws -> Report { try outcome(narrowedBy: filter).report }

  /// Judges every group and puts the findings together.
  func outcome(narrowedBy filter: PathFilter) throws -> Outcome {
    var findings = Findings(screen, filter, listsConnections: listsConnections)
    let wider = WiderCircle(new: new, old: old, paths: comparison.paths)
    var open = keys[...]
    var known = seen
    var judged = 0
    while let key = open.popFirst() {
      judged += 1
      progress?("checking \(judged) of \(judged + open.count)")
      let before = try old?.model(of: key, expecting: .none)
      guard let side = try new.model(of: key, expecting: before == nil ? .none : .template) else {
        if let before { findings.judgeOldSide(before.model, against: nil) }
        continue
      }
      if case .template(let path) = key {
        let nearer = try wider.groups(nesting: path, side.model, before: before?.model)
        open += nearer.filter { known.insert($0).inserted }
        if !nearer.isEmpty { continue }
      }
      try findings.add(side, before: before?.model) { found, change in
        guard case .template(let path) = key else { return nil }
        return try wider.widened(found, of: change, at: path)
      }
    }
    findings.add(comparison.apps)
    var outcome = findings.outcome(
      comparison.scope, .init(changed: changed, read: new.templates.read.count, skipped: skipped))
    outcome.report.assemblies = comparison.assemblies
    let reader = comparison.repository.map { "git is read by \($0.reader)" }
    outcome.details = comparison.details + [reader].compactMap(\.self) + details + outcome.details
    outcome.configuresBaseline = screen.policy.configuration.baseline != nil
    outcome.appsNotSynthesised = comparison.apps.filter { !$0.isSynthesised }.map(\.file)
    return outcome
  }
}

extension Run {
  /// Where an app makes resources; `nil` outside of any repository.
  var constructSource: ConstructSource? { comparison.sources.map(new.constructSource) }

  func isInAssembly(_ path: Path) throws -> Bool { try new.isInAssembly(path) }

  /// What was read and left out, a line each.
  var details: [String] {
    let read = new.templates.read.sorted { $0.path < $1.path }
    return read.map { template in
      let templated = template.isTemplated ? ", {{ }} taken as text" : ""
      return "read \(template.path): \(template.resources.count) resources\(templated)"
    }
      + read.flatMap { template in
        template.hiddenParts.map { part in
          let start = template.location(of: part.place).range.start
          return "\(template.path):\(start.line):\(start.column): \(part.reason.name) hides what it puts in"
        }
      }
      + read.flatMap { template in
        template.duplicateKeys.map { key in
          let start = template.location(of: key).range.start
          return "\(template.path):\(start.line):\(start.column): duplicate key \(key.text ?? ""), the last one counts"
        }
      }
      + skipped.map { "skipped \($0.path): \($0.reason)" }
  }

  /// The models of the new side; what is nested in one of them is no model of its own.
  func models() throws -> [ServiceModel] {
    let roots = try keys.filter { key in
      guard case .template(let path) = key else { return true }
      let nearer = try new.keys(nesting: path)
      return nearer.isEmpty || !seen.isSuperset(of: nearer)
    }
    return try roots.compactMap { try new.model(of: $0, expecting: .none)?.model }
  }
}

extension Template {
  /// Whether another program seems to write the template from this one, which can be read all the same.
  fileprivate var isTemplated: Bool { FileSigns(document.text.bytes).isTemplated }
}
