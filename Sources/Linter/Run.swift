import Diagnostics
import Rules
import Services
import Templates

/// The state of one run: which template groups the changed files belong to, then what was found in them.
struct Run {
  private let comparison: Comparison
  private let new: GroupReader
  private let old: GroupReader?
  /// The groups to judge, in the order of the files that led to them.
  private var keys: [GroupReader.Key] = []
  private var seen: Set<GroupReader.Key> = []
  private var changed = 0
  private var skipped: [Report.Skipped] = []

  init(_ comparison: Comparison) {
    self.comparison = comparison
    new = GroupReader(comparison.new)
    old = comparison.old.map { GroupReader($0) }
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

  /// Judges every group and puts the findings together.
  func report(narrowedBy filter: PathFilter) throws -> Report {
    var findings = Findings(filter)
    let wider = WiderCircle(new: new, old: old, paths: comparison.paths)
    for key in keys {
      let before = try old?.model(of: key, expecting: .none)
      guard let side = try new.model(of: key, expecting: before == nil ? .none : .template) else {
        if let before { findings.judgeOldSide(before.model, against: nil) }
        continue
      }
      try findings.add(side, before: before?.model) { found, change in
        guard case .template(let path) = key else { return found }
        return try wider.widened(found, of: change, at: path)
      }
    }
    findings.add(comparison.apps)
    var report = findings.report(
      comparison.scope, .init(changed: changed, read: new.templates.read.count, skipped: skipped))
    report.assemblies = comparison.assemblies
    return report
  }
}

extension Run {
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

  /// The models of the new side.
  func models() throws -> [ServiceModel] {
    try keys.compactMap { try new.model(of: $0, expecting: .none)?.model }
  }
}

extension Template {
  /// Whether another program seems to write the template from this one, which can be read all the same.
  fileprivate var isTemplated: Bool { FileSigns(document.text.bytes).isTemplated }
}

/// What the rules found in the groups of a run.
private struct Findings {
  private let filter: PathFilter
  private var services = Report.Services()
  private var connections: [Report.Connection] = []
  private var diagnostics: [Diagnostic] = []
  private var ofApps: [Diagnostic] = []
  private var before: [Diagnostic] = []
  /// Rule and identity of what the new side no longer has.
  private var gone: Set<[String]> = []
  /// What concerns several groups, as far as it was found already.
  private var shared: Set<[String]> = []

  init(_ filter: PathFilter) { self.filter = filter }

  /// Judges a group; `widening` adds what concerns more than the group.
  mutating func add(
    _ side: GroupReader.Side, before: ServiceModel?, widening: ([Diagnostic], Change) throws -> [Diagnostic]
  ) rethrows {
    let model = side.model
    let affected = AffectedServices.between(before, and: model)
    let change = Change(new: model, old: before, affected: affected, unreadable: side.unreadable)
    let found = RuleSet.all.flatMap { $0.check(change) }
    let own = Set(found.map(\.key))
    // What concerns several groups is found by each of them.
    diagnostics += try widening(found, change).filter { own.contains($0.key) || shared.insert($0.key).inserted }
    // Of a template that cannot be read nobody knows what it takes away.
    if let before, side.unreadable.isEmpty { judgeOldSide(before, against: model) }
    services.total += model.services.count
    services.affected += model.services.map(\.name).filter { affected.contains($0) && filter.contains($0.path) }
    connections += model.connections.map { Report.Connection($0, in: model) }
      .filter { filter.contains($0.client.path) || filter.contains($0.server.path) }
  }

  /// What is to be said of an app stands at its `cdk.json`, also when the user named only other files of it.
  mutating func add(_ apps: [Change.App]) {
    let change = Change(new: .empty, affected: [], apps: apps)
    ofApps += RuleSet.all.flatMap { $0.check(change) }
  }

  /// Judges the old side of a group, for what was there before and for what the new side no longer has, which is more
  /// than what it has no more among the affected services. What could not be read then is no excuse now.
  mutating func judgeOldSide(_ old: ServiceModel, against new: ServiceModel?) {
    let found = Findings.everything(in: old)
    before += found
    guard !found.isEmpty else { return }
    let remaining = Set((new.map(Findings.everything) ?? []).map(\.key))
    gone.formUnion(found.map(\.key).filter { !remaining.contains($0) })
  }

  private static func everything(in model: ServiceModel) -> [Diagnostic] {
    let change = Change(new: model, affected: Set(model.services.map(\.name)))
    return RuleSet.all.flatMap { $0.check(change) }
  }

  func report(_ scope: Report.Scope, _ templates: Report.Templates) -> Report {
    var found = (diagnostics.filter { filter.contains($0.location.path) } + ofApps).sorted()
    var old = before.filter { filter.contains($0.location.path) }.sorted()
    Fingerprint.assign(to: &found)
    Fingerprint.assign(to: &old)
    let known = Set(old.map(\.fingerprint))
    for index in found.indices where known.contains(found[index].fingerprint) { found[index].status = .existing }
    return Report(
      scope: scope, templates: templates, services: services, connections: connections, diagnostics: found,
      resolved: old.filter { gone.contains($0.key) })
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
