package import Deployment
import Diagnostics
import Templates

/// The resources of the old side beside those of the new one: the same template and logical ID make the same resource.
package struct FormerResources: Sendable {
  private let new: ServiceModel
  private let old: ServiceModel?
  /// By resource of the new side.
  private let ids: [ResourceID: ResourceID]
  private let unchanged: UnchangedResources

  package init(from old: ServiceModel?, to new: ServiceModel) {
    self.new = new
    self.old = old
    guard let old else {
      ids = [:]
      unchanged = UnchangedResources()
      return
    }
    let stacks = Dictionary(old.group.stacks.enumerated().map { ($1.template.path, $0) }) { first, _ in first }
    var ids: [ResourceID: ResourceID] = [:]
    for (number, stack) in new.group.stacks.enumerated() {
      guard let before = stacks[stack.template.path] else { continue }
      let earlier = old.group.stacks[before].template
      for (index, resource) in stack.template.resources.enumerated() {
        guard let position = earlier.index(of: resource.logicalID) else { continue }
        ids[ResourceID(stack: number, index: index)] = ResourceID(stack: before, index: position)
      }
    }
    self.ids = ids
    unchanged = UnchangedResources(ids, from: old.group, to: new.group)
  }

  /// What a resource of the new side was before; `nil` for a new one, or without an old side.
  package func former(_ id: ResourceID) -> ResourceID? { ids[id] }

  /// Whether a resource is written as before and means the same. One that is not may mean the same all the same.
  package func isUnchanged(_ id: ResourceID) -> Bool { unchanged.contains(id) }

  /// Whether a resource is new or means something else than before; never without an old side.
  package func differs(_ id: ResourceID) -> Bool {
    guard let old, !isUnchanged(id) else { return false }
    guard let before = former(id) else { return true }
    return ResourceResolver(new).resolved(id).withoutNoise != ResourceResolver(old).resolved(before).withoutNoise
  }

  /// The properties of a resource that differ; none of a new one.
  package func changedProperties(of id: ResourceID) -> Set<String> {
    former(id).map { changedProperties(of: id, since: $0) } ?? []
  }

  /// The properties that differ between a resource and one of the old side, whatever its name.
  func changedProperties(of id: ResourceID, since before: ResourceID) -> Set<String> {
    guard let old, !(isUnchanged(id) && former(id) == before) else { return [] }
    return ResourceResolver(new).resolved(id).changedProperties(since: ResourceResolver(old).resolved(before))
  }
}
