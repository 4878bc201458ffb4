package import Deployment
package import Templates

/// An `AWS::ECS::TaskDefinition`, as far as it matters for who connects to whom.
package struct TaskDefinition: Sendable {
  package let id: ResourceID
  package let containers: [Container]

  package struct Container: Sendable {
    package let name: String?
    /// What must hold for the task to have the container.
    package let premises: [Premise]
    /// Environment variables in the order of the source.
    package let environment: [Variable]
    /// Lists of words that are run, by what they are.
    package let commands: [Evidence.Kind: [Conditional<Node>]]
    /// Names that mean another container of the task, or an address set by hand: never an endpoint.
    package let localNames: Set<String>
  }

  package struct Variable: Sendable {
    package let name: String
    package let value: Conditional<Node>
  }
}

extension TaskDefinition {
  /// Reads a task definition; lists and their elements may stand in `Fn::If`.
  init(_ id: ResourceID, _ evaluator: Evaluator) {
    self.id = id
    let properties = evaluator.group[id].properties
    let definitions = properties?["ContainerDefinitions"].map { evaluator.elements(of: $0, in: id.stack) } ?? []
    containers = definitions.map { Container($0, id.stack, evaluator) }
  }
}

extension TaskDefinition.Container {
  fileprivate init(_ container: Conditional<Node>, _ stack: Int, _ evaluator: Evaluator) {
    func elements(_ node: Node?) -> [Conditional<Node>] { node.map { evaluator.elements(of: $0, in: stack) } ?? [] }
    func text(_ node: Node?) -> String? { node.flatMap { evaluator.text(of: $0, in: stack) } }

    let definition = container.value
    name = text(definition["Name"])
    premises = container.premises
    environment = elements(definition["Environment"]).compactMap { entry in
      guard let name = text(entry.value["Name"]), let value = entry.value["Value"] else { return nil }
      return TaskDefinition.Variable(name: name, value: Conditional(value, when: entry.premises))
    }
    commands = [
      .command: elements(definition["Command"]),
      .entryPoint: elements(definition["EntryPoint"]),
      .healthCheck: elements(definition["HealthCheck"]?["Command"]),
    ]
    // `name` or `name:alias`: https://docs.docker.com/engine/network/links
    let links = elements(definition["Links"]).compactMap { text($0.value)?.split(separator: ":").last.map(String.init) }
    let hosts = elements(definition["ExtraHosts"]).compactMap { text($0.value["Hostname"]) }
    localNames = Set((links + hosts).map { $0.lowercased() })
  }
}
