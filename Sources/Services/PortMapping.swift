import Deployment
import Templates

/// A named port of a container, which a Service Connect service publishes.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ecs-taskdefinition-portmapping.html
package struct PortMapping: Hashable, Sendable {
  package let name: String
  /// `tcp` unless given.
  package let transport: String
  /// `http`, `http2` or `grpc`; empty for plain TCP.
  package let application: String

  /// The two protocols for people.
  package var protocols: String { application.isEmpty ? transport : "\(application) over \(transport)" }
}

extension ResourceResolver {
  /// The named ports of a task definition.
  package func ports(of task: TaskDefinition) -> [PortMapping] {
    let containers = evaluator.group[task.id].properties?["ContainerDefinitions"]
    let stack = task.id.stack
    let mappings =
      containers.map { evaluator.elements(of: $0, in: stack) }?.compactMap { $0.value["PortMappings"] } ?? []
    return mappings.flatMap { evaluator.elements(of: $0, in: stack) }.compactMap { mapping in
      func text(_ name: String) -> String? { mapping.value[name].flatMap { evaluator.text(of: $0, in: stack) } }
      guard let name = text("Name") else { return nil }
      return PortMapping(
        name: evaluator.display(name), transport: text("Protocol")?.lowercased() ?? "tcp",
        application: text("AppProtocol")?.lowercased() ?? "")
    }
  }
}
