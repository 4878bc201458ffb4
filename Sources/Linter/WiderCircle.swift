import Deployment
import Diagnostics
import Rules
import Services

/// The last circle in which a name may mean a server: the other root templates of the repository. Nothing tells in which
/// order they are deployed, nor whether into one environment, so what is found there is a notice at most.
struct WiderCircle {
  private let new: RootTemplates
  private let old: RootTemplates?

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
    let model = ServiceModel(TemplateGroup(joining: [change.new.group] + neighbours))
    let before = try change.old.map { earlier in
      ServiceModel(TemplateGroup(joining: [earlier.group] + (try old?.neighbours(of: earlier, at: path) ?? [])))
    }
    let former = FormerResources(from: before, to: model)
    let affected = AffectedServices.between(before, and: model, former).union(change.affected)
    let wider = Change(new: model, old: before, former: former, affected: affected)
    let seen = RuleSet.between.flatMap { $0.check(wider) }
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

  /// Whether endpoints changed. A whole look without an old side asks after everything.
  private static func differ(_ old: ServiceModel?, _ new: ServiceModel) -> Bool {
    func published(_ model: ServiceModel?) -> Set<[String]> {
      let members = model?.services.compactMap(\.connect) ?? []
      return Set(members.flatMap { member in member.endpoints.map { [member.namespaceName, $0.display] } })
    }
    return published(new) != published(old)
  }
}
