package import Deployment
package import Templates

/// An `AWS::ECS::TaskDefinition`, as far as it matters for who connects to whom.
package struct TaskDefinition: Sendable {
  package let id: ResourceID
  package let containers: [Container]

  package struct Container: Sendable {
    package let name: String?
    /// Environment variables in the order of the source.
    package let environment: [Variable]
    /// Lists of words that are run, by what they are.
    package let commands: [Evidence.Kind: [Node]]
    /// Names that mean another container of the task, or an address set by hand: never an endpoint.
    package let localNames: Set<String>
  }

  package struct Variable: Sendable {
    package let name: String
    package let value: Node
  }
}

extension TaskDefinition {
  /// Reads a task definition; lists and their elements may stand in `Fn::If`.
  init(_ id: ResourceID, _ evaluator: Evaluator) {
    self.id = id
    let properties = evaluator.group[id].properties
    let definitions = properties?["ContainerDefinitions"].map(evaluator.elements) ?? []
    containers = definitions.map { Container($0, id.stack, evaluator) }
  }
}

extension TaskDefinition.Container {
  fileprivate init(_ definition: Node, _ stack: Int, _ evaluator: Evaluator) {
    func elements(_ node: Node?) -> [Node] { node.map(evaluator.elements) ?? [] }
    func text(_ node: Node?) -> String? { node.flatMap { evaluator.text(of: $0, in: stack) } }

    name = text(definition["Name"])
    environment = elements(definition["Environment"]).compactMap { entry in
      guard let name = text(entry["Name"]), let value = entry["Value"] else { return nil }
      return TaskDefinition.Variable(name: name, value: value)
    }
    commands = [
      .command: elements(definition["Command"]),
      .entryPoint: elements(definition["EntryPoint"]),
      .healthCheck: elements(definition["HealthCheck"]?["Command"]),
    ]
    // `name` or `name:alias`: https://docs.docker.com/engine/network/links
    let links = elements(definition["Links"]).compactMap { text($0)?.split(separator: ":").last.map(String.init) }
    let hosts = elements(definition["ExtraHosts"]).compactMap { text($0["Hostname"]) }
    localNames = Set((links + hosts).map { $0.lowercased() })
  }
}
