import Diagnostics
import Services

/// A published port whose protocol changes. ECS cannot change it on a service that is in Service Connect.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ecs-taskdefinition-portmapping.html
struct ProtocolChanged: Rule {
  static let description = RuleDescription(
    id: "protocol-changed", severity: .error, group: .serviceConnect,
    summary: "AppProtocol or Protocol of a published port changes", needsOldSide: true)

  func check(_ change: Change) -> [Diagnostic] {
    guard let old = change.old else { return [] }
    let resolvers = (old: ResourceResolver(old), new: ResourceResolver(change.new))
    return change.new.services.filter { change.affected.contains($0.name) }.flatMap { server -> [Diagnostic] in
      guard let before = old[server.name], let task = server.taskDefinition, let taskBefore = before.taskDefinition
      else { return [] }
      let published = Set(server.connect?.endpoints.compactMap(\.portName) ?? [])
        .intersection(before.connect?.endpoints.compactMap(\.portName) ?? [])
      let earlier = Dictionary(resolvers.old.ports(of: taskBefore).map { ($0.name, $0) }) { $1 }
      return resolvers.new.ports(of: task).compactMap { port in
        guard published.contains(port.name), let was = earlier[port.name], was.protocols != port.protocols else {
          return nil
        }
        return diagnostic(server, was, port)
      }
    }
  }

  private func diagnostic(_ server: Service, _ was: PortMapping, _ port: PortMapping) -> Diagnostic {
    Diagnostic(
      rule: Self.description.id, severity: .error, .cannotChange(server, was, port), at: server.location,
      service: server.logicalID, construct: server.constructPath,
      fix: Fix(summary: "\(Diagnostic.Message.anotherPort)"),
      identity: [server.name.path.description, server.logicalID, port.name])
  }
}

extension Diagnostic.Message {
  fileprivate static func cannotChange(_ server: Service, _ was: PortMapping, _ port: PortMapping) -> Self {
    """
    the protocol of port \(port.name) changes from \(was.protocols) to \(port.protocols): it cannot change while \
    \(server.logicalID) is in Service Connect, so the update fails
    """
  }

  fileprivate static var anotherPort: Self {
    "name a new port with the new protocol and publish it under a new discovery name, or delete and create the service"
  }
}
