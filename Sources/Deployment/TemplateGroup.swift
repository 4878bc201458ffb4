package import Diagnostics
package import Templates

/// Stacks that are deployed together into one environment: a template alone, with its nested stacks, or the stacks of a
/// cloud assembly that go to the same account and region. Names resolve inside a group and never across two of them.
package final class TemplateGroup: Sendable {
  /// A nested stack stands behind its parent.
  package let stacks: [Stack]
  /// For each stack the indices of the stacks that are deployed before it, as an assembly says.
  package let stackDependencies: [[Int]]
  /// For each stack which of the groups it came from that were joined; all 0 in a group of its own.
  package let origins: [Int]
  let exports: ExportTable
  private let children: [ResourceID: Int]
  /// The resources of each type, in order.
  private let ofType: [String: [ResourceID]]

  package convenience init(stacks: [Stack], stackDependencies: [[Int]]? = nil) {
    self.init(stacks, stackDependencies, origins: stacks.map { _ in 0 })
  }

  private init(_ stacks: [Stack], _ stackDependencies: [[Int]]?, origins: [Int]) {
    self.stacks = stacks
    self.origins = origins
    self.stackDependencies = stackDependencies ?? stacks.map { _ in [] }
    exports = ExportTable(stacks)
    children = Dictionary(stacks.enumerated().compactMap { index, stack in stack.parent.map { ($0, index) } }) { $1 }
    var ofType: [String: [ResourceID]] = [:]
    for (number, stack) in stacks.enumerated() {
      for (index, resource) in stack.template.resources.enumerated() {
        ofType[resource.type, default: []].append(ResourceID(stack: number, index: index))
      }
    }
    self.ofType = ofType
  }

  /// Groups that nothing ties together but the names in them: what is deployed first is not known.
  package convenience init(joining groups: [TemplateGroup]) {
    var stacks: [Stack] = []
    var dependencies: [[Int]] = []
    var origins: [Int] = []
    for (origin, group) in groups.enumerated() {
      let offset = stacks.count
      stacks += group.stacks.map { $0.moved(by: offset) }
      dependencies += group.stackDependencies.map { $0.map { $0 + offset } }
      origins += group.stacks.map { _ in origin }
    }
    self.init(stacks, dependencies, origins: origins)
  }

  package convenience init(_ template: Template) { self.init(stacks: [Stack(template)]) }

  package subscript(id: ResourceID) -> Resource { stacks[id.stack].template.resources[id.index] }

  /// The template that holds a resource.
  package func template(of id: ResourceID) -> Template { stacks[id.stack].template }

  /// The place of a resource's logical ID.
  package func location(of id: ResourceID) -> Location { spot(of: id).location }

  package func spot(of id: ResourceID) -> Spot { template(of: id).spot(of: self[id].key) }

  /// The nested stack that a resource stands for.
  package func child(of id: ResourceID) -> Int? { children[id] }

  /// Every resource, stack by stack in the order of the source.
  package var resourceIDs: [ResourceID] {
    stacks.indices.flatMap { stack in
      stacks[stack].template.resources.indices.map { ResourceID(stack: stack, index: $0) }
    }
  }

  /// The resources of some types, stack by stack in the order of the source.
  package func resourceIDs(ofTypes types: some Collection<String>) -> [ResourceID] {
    let found = types.compactMap { ofType[$0] }
    return found.count == 1 ? found[0] : found.flatMap(\.self).sorted()
  }

  /// The resources whose type is such, stack by stack in the order of the source.
  package func resourceIDs(where isWanted: (String) -> Bool) -> [ResourceID] {
    resourceIDs(ofTypes: ofType.keys.filter(isWanted))
  }

  /// The resources of the nearest common ancestor that two resources belong to: themselves where they stand in it, else
  /// the nested stacks that hold them. `nil` when they have no ancestor in common or one stands in the other's stack.
  package func lifted(_ one: ResourceID, _ other: ResourceID) -> (ResourceID, ResourceID)? {
    let way = ancestors(of: one)
    for end in ancestors(of: other) {
      if let start = way.first(where: { $0.stack == end.stack }) { return start == end ? nil : (start, end) }
    }
    return nil
  }

  /// A resource, the resource of its stack in the parent, and so on.
  private func ancestors(of id: ResourceID) -> [ResourceID] {
    Array(sequence(first: id) { self.stacks[$0.stack].parent })
  }
}
