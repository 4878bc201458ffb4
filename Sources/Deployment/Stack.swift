package import Templates

/// A template with what it is deployed as.
package struct Stack: Sendable {
  package let template: Template
  package let graph: ResourceGraph
  /// The name of the stack, where a cloud assembly tells it.
  package let name: String?
  /// Values that are given to the template's parameters.
  package let arguments: [String: String]

  /// Whether a tool wrote the template, so that the fix belongs into its source.
  package var isSynthesised: Bool { name != nil || template.resources.contains { $0.constructPath != nil } }

  package init(_ template: Template, name: String? = nil, arguments: [String: String] = [:]) {
    self.template = template
    self.graph = ResourceGraph(template)
    self.name = name
    self.arguments = arguments
  }
}
