package import Diagnostics
package import Templates

/// A template with what it is deployed as.
package struct Stack: Sendable {
  package let template: Template
  package let graph: ResourceGraph
  /// The name of the stack, where a cloud assembly tells it.
  package let name: String?
  /// Values that are given to the template's parameters.
  package let arguments: [String: Argument]
  /// The resource that stands for the stack in its parent; `nil` for a stack of its own.
  package private(set) var parent: ResourceID?
  /// Construct paths by logical ID, where the template itself tells none.
  private let constructPaths: [String: String]
  /// Where it is only assumed that a `TemplateURL` means this template, since their names agree.
  package let assumption: Location?

  /// The value of a parameter.
  package enum Argument: Sendable {
    case text(String)
    /// A value in the parent's template.
    case node(Node)
  }

  package init(
    _ template: Template, name: String? = nil, arguments: [String: Argument] = [:], parent: ResourceID? = nil,
    constructPaths: [String: String] = [:], assumption: Location? = nil
  ) {
    self.template = template
    self.graph = ResourceGraph(template)
    self.name = name
    self.arguments = arguments
    self.parent = parent
    self.constructPaths = constructPaths
    self.assumption = assumption
    isSynthesised = name != nil || template.resources.contains { $0.constructPath != nil }
  }

  /// The same where it stands behind other stacks.
  func moved(by offset: Int) -> Stack {
    var moved = self
    moved.parent = parent.map { ResourceID(stack: $0.stack + offset, index: $0.index) }
    return moved
  }

  /// The construct path of a resource, for people.
  package func constructPath(of resource: Resource) -> String? {
    resource.constructPath ?? constructPaths[resource.logicalID]
  }

  /// Whether a tool wrote the template, so that the fix belongs into its source.
  package let isSynthesised: Bool
}
