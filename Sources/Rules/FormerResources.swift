import Deployment
import Diagnostics
import Services

/// The resources of the old side beside those of the new one: the same template and logical ID make the same resource.
struct FormerResources {
  private let group: TemplateGroup
  private let resolvers: (old: ResourceResolver, new: ResourceResolver)?
  private let ids: [Report.Resource: ResourceID]

  init(_ change: Change) {
    group = change.new.group
    resolvers = change.old.map { (ResourceResolver($0), ResourceResolver(change.new)) }
    let old = change.old?.group ?? TemplateGroup(stacks: [])
    ids = Dictionary(old.resourceIDs.map { (FormerResources.name(of: $0, in: old), $0) }) { first, _ in first }
  }

  /// What a resource of the new side was before; `nil` for a new one, or without an old side.
  func former(_ id: ResourceID) -> ResourceID? { ids[FormerResources.name(of: id, in: group)] }

  /// Whether a resource is new or means something else than before; never without an old side.
  func differs(_ id: ResourceID) -> Bool {
    guard let resolvers else { return false }
    guard let before = former(id) else { return true }
    return resolvers.new.resolved(id).withoutNoise != resolvers.old.resolved(before).withoutNoise
  }

  /// The properties of a resource that differ; none of a new one.
  func changedProperties(of id: ResourceID) -> Set<String> {
    guard let resolvers, let before = former(id) else { return [] }
    return resolvers.new.resolved(id).changedProperties(since: resolvers.old.resolved(before))
  }

  private static func name(of id: ResourceID, in group: TemplateGroup) -> Report.Resource {
    Report.Resource(path: group.template(of: id).path, logicalID: group[id].logicalID)
  }
}
