package import Deployment
package import Templates

/// An `AWS::ECS::TaskDefinition`, as far as it matters for who connects to whom.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-taskdefinition-containerdefinition.html
package struct TaskDefinition: Sendable {
  package let id: ResourceID
  package let family: String?
  package let containers: [Container]

  package struct Container: Sendable {
    package let name: String?
    package let image: String?
    /// What must hold for the task to have the container.
    package let premises: [Premise]
    /// Environment variables in the order of the source.
    package let environment: [Variable]
    /// Variables whose value is the name or ARN of a secret or parameter, those of the log driver included.
    package let secrets: [Variable]
    /// ARNs of files in S3 that hold more variables.
    package let environmentFiles: [Conditional<Node>]
    /// Lists of words that are run, by what they are.
    package let commands: [(kind: Evidence.Kind, words: [Conditional<Node>])]
    /// Docker labels, and options of the log driver and of FireLens.
    package let options: [(kind: Evidence.Kind, variables: [Variable])]
    package let ports: [PortMapping]
    /// Names that mean another container of the task, or an address set by hand: never an endpoint.
    package let localNames: Set<String>
    /// Domains that a short name is tried in.
    package let searchDomains: [Conditional<Node>]
  }

  package struct Variable: Sendable {
    package let name: String
    package let value: Conditional<Node>
  }

  package struct PortMapping: Sendable {
    package let name: String?
    package let containerPort: Int?
  }

  /// The ports that the containers listen on.
  package var ports: [Int] { containers.flatMap { $0.ports.compactMap(\.containerPort) } }
}

extension TaskDefinition {
  /// Reads a task definition; lists and their elements may stand in `Fn::If`.
  init(_ id: ResourceID, _ evaluator: Evaluator) {
    self.id = id
    let properties = evaluator.group[id].properties
    family = properties?["Family"].flatMap { evaluator.text(of: $0, in: id.stack) }
    let definitions = properties?["ContainerDefinitions"].map { evaluator.elements(of: $0, in: id.stack) } ?? []
    containers = definitions.map { ContainerReader(evaluator: evaluator, stack: id.stack).container($0) }
  }
}

/// Reads the definition of a container.
private struct ContainerReader {
  let evaluator: Evaluator
  let stack: Int

  func container(_ container: Conditional<Node>) -> TaskDefinition.Container {
    let definition = container.value
    // `name` or `name:alias`: https://docs.docker.com/engine/network/links
    let links = elements(definition["Links"]).compactMap { text($0.value)?.split(separator: ":").last.map(String.init) }
    let hosts = elements(definition["ExtraHosts"]).compactMap { text($0.value["Hostname"]) }
    let logging = definition["LogConfiguration"]
    return TaskDefinition.Container(
      name: text(definition["Name"]), image: text(definition["Image"]), premises: container.premises,
      environment: variables(definition["Environment"], "Value"),
      secrets: variables(definition["Secrets"], "ValueFrom") + variables(logging?["SecretOptions"], "ValueFrom"),
      environmentFiles: elements(definition["EnvironmentFiles"]).compactMap { file in
        file.value["Value"].map { Conditional($0, when: file.premises) }
      },
      commands: [
        (.command, elements(definition["Command"])),
        (.entryPoint, elements(definition["EntryPoint"])),
        (.healthCheck, elements(definition["HealthCheck"]?["Command"])),
      ],
      options: [
        (.label, entries(definition["DockerLabels"])),
        (.logOption, entries(logging?["Options"]) + entries(definition["FirelensConfiguration"]?["Options"])),
      ],
      ports: elements(definition["PortMappings"]).map { mapping in
        TaskDefinition.PortMapping(
          name: text(mapping.value["Name"]), containerPort: text(mapping.value["ContainerPort"]).flatMap { Int($0) })
      },
      localNames: Set((links + hosts).map { $0.lowercased() }), searchDomains: elements(definition["DnsSearchDomains"]))
  }

  private func elements(_ node: Node?) -> [Conditional<Node>] {
    node.map { evaluator.elements(of: $0, in: stack) } ?? []
  }

  private func text(_ node: Node?) -> String? { node.flatMap { evaluator.text(of: $0, in: stack) } }

  private func variables(_ node: Node?, _ key: String) -> [TaskDefinition.Variable] {
    elements(node).compactMap { entry in
      guard let name = text(entry.value["Name"]), let value = entry.value[key] else { return nil }
      return TaskDefinition.Variable(name: name, value: Conditional(value, when: entry.premises))
    }
  }

  private func entries(_ node: Node?) -> [TaskDefinition.Variable] {
    guard let node else { return [] }
    return evaluator.branches(of: node, in: stack).flatMap { branch in
      branch.value.entries.compactMap { key, value in
        key.text.map { TaskDefinition.Variable(name: $0, value: Conditional(value, when: branch.premises)) }
      }
    }
  }
}
