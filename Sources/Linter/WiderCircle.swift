import Deployment
import Diagnostics
import Rules
import Services

/// The last circle in which a name may mean a server: the other root templates of the repository. Nothing tells in which
/// order they are deployed, nor whether into one environment, so what is found there is a notice at most.
struct WiderCircle {
  private let new: RootTemplates
  private let old: RootTemplates?
  private let circles = Circles()

  /// - Parameter paths: what a look without an old side is confined to.
  init(new: GroupReader, old: GroupReader?, paths: [Path]) {
    self.new = RootTemplates(new, among: old == nil ? paths : nil)
    self.old = old.map { RootTemplates($0, among: nil) }
  }

  /// What was found in one root template and others together, and both sides of these.
  struct View {
    let diagnostics: [Diagnostic]
    let model: ServiceModel
    let before: ServiceModel?
  }

  /// The groups to judge in place of a template's own, when it is a nested stack of others, which are nearer than all that
  /// nothing ties to it. Asked when the template is new or its endpoints changed.
  func groups(nesting path: Path, _ model: ServiceModel, before: ServiceModel?) throws -> [GroupReader.Key] {
    guard model.services.contains(where: { $0.connect != nil }), before == nil || WiderCircle.differ(before, model)
    else { return [] }
    let keys = try new.keys(nesting: path)
    // A template that was a root is compared with itself.
    return try before == nil || keys == old?.keys(nesting: path) ? keys : []
  }

  /// What was found in one root template, with what it means for services of others; `nil` when that is nothing.
  func widened(_ found: [Diagnostic], of change: Change, at path: Path) throws -> View? {
    guard WiderCircle.differ(change.old, change.new) else { return nil }
    let neighbours = try new.neighbours(of: change.new, at: path)
    guard !neighbours.isEmpty else { return nil }
    let (model, before, seen) = try judged(change, at: path, neighbours)
    let keys = Set(seen.map(\.key))
    let known = Set(found.map(\.key))
    let rules = Set(RuleSet.between.map { type(of: $0).description.id })
    // That nobody was seen to use a name is no longer said when somebody is seen now.
    let diagnostics =
      found.filter { !rules.contains($0.rule) || keys.contains($0.key) }
      + seen.filter { !known.contains($0.key) }.map { diagnostic in
        var notice = diagnostic
        notice.severity = .notice
        return notice
      }
    return View(diagnostics: diagnostics, model: model, before: before)
  }

  /// What the rules find in a root template and its neighbours.
  private func judged(_ change: Change, at path: Path, _ neighbours: [RootTemplates.Root]) throws -> Circles.Judged {
    func judged(_ groups: [TemplateGroup], _ before: ServiceModel?) -> Circles.Judged {
      let model = ServiceModel(TemplateGroup(joining: groups))
      let former = FormerResources(from: before, to: model)
      let affected = AffectedServices.between(before, and: model, former).union(change.affected)
      let wider = Change(new: model, old: before, former: former, affected: affected)
      return (model, before, RuleSet.between.flatMap { $0.check(wider) })
    }
    guard let old, let earlier = change.old else {
      // Without an old side each of them has the same neighbours, and the same is found.
      let groups = (neighbours.map { ($0.path, $0.group) } + [(path, change.new.group)]).sorted { $0.0 < $1.0 }
      return circles.judged(groups.map(\.0)) { judged(groups.map(\.1), nil) }
    }
    let before = ServiceModel(
      TemplateGroup(joining: [earlier.group] + (try old.neighbours(of: earlier, at: path).map(\.group))))
    return judged([change.new.group] + neighbours.map(\.group), before)
  }

  /// Whether endpoints changed. A whole look without an old side asks after everything.
  private static func differ(_ old: ServiceModel?, _ new: ServiceModel) -> Bool {
    func published(_ model: ServiceModel?) -> Set<[String]> {
      let members = model?.services.compactMap(\.connect) ?? []
      return Set(members.flatMap { member in member.endpoints.map { [member.namespaceName, $0.display] } })
    }
    return published(new) != published(old)
  }
}

/// What was found in root templates that share a namespace, once for all of them.
private final class Circles {
  typealias Judged = (model: ServiceModel, before: ServiceModel?, seen: [Diagnostic])

  private var known: [[Path]: Judged] = [:]

  func judged(_ roots: [Path], _ judge: () -> Judged) -> Judged {
    if let known = known[roots] { return known }
    let judged = judge()
    known[roots] = judged
    return judged
  }
}
