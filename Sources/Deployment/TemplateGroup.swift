package import Diagnostics
package import Templates

/// Stacks that are deployed together into one environment: a template alone, or the stacks of a cloud assembly that go
/// to the same account and region. Names resolve inside a group and never across two of them.
package struct TemplateGroup: Sendable {
  package let stacks: [Stack]
  /// For each stack the indices of the stacks that are deployed before it.
  package let stackDependencies: [[Int]]

  package init(_ template: Template) {
    stacks = [Stack(template)]
    stackDependencies = [[]]
  }

  /// The stacks of one environment of an assembly; `templates` are theirs, `nil` for one that could not be read.
  package init(artifacts: [StackArtifact], templates: [Template?]) {
    var stacks: [Stack] = []
    var indices: [String: Int] = [:]
    for (artifact, template) in zip(artifacts, templates) {
      guard let template else { continue }
      indices[artifact.id] = stacks.count
      stacks.append(Stack(template, name: artifact.name, arguments: artifact.parameters))
    }
    self.stacks = stacks
    stackDependencies = zip(artifacts, templates).filter { $1 != nil }.map { artifact, _ in
      artifact.dependencies.compactMap { indices[$0] }
    }
  }

  package subscript(id: ResourceID) -> Resource { stacks[id.stack].template.resources[id.index] }

  /// The template that holds a resource.
  package func template(of id: ResourceID) -> Template { stacks[id.stack].template }

  /// The place of a resource's logical ID.
  package func location(of id: ResourceID) -> Location { template(of: id).location(of: self[id].key) }

  /// Every resource, stack by stack in the order of the source.
  package var resourceIDs: [ResourceID] {
    stacks.indices.flatMap { stack in
      stacks[stack].template.resources.indices.map { ResourceID(stack: stack, index: $0) }
    }
  }
}
