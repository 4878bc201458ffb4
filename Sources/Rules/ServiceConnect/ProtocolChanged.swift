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

extension ProtocolChanged {
  static let manual = RuleManual(
    finds: """
      A named port that the service publishes before and after the change, whose `AppProtocol` or `Protocol` in the task
      definition differs. `AppProtocol` left out means TCP, so writing `http` where nothing stood is such a change.
      """,
    effect: """
      AWS says of both properties that they cannot change in a service that is in Service Connect: the service must be
      deleted and deployed again. The update of the service fails and CloudFormation rolls it back; the text of that error
      is not known.
      """,
    example: .template(
      """
       Resources:
         ApiTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - Name: api
                 Image: api:2
                 PortMappings:
      -            - {Name: api, ContainerPort: 8080, AppProtocol: http2}
      +            - {Name: api, ContainerPort: 8080}
      +            - {Name: api-http2, ContainerPort: 8081, AppProtocol: http2}
         Api:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref ApiTask
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: shop
               Services:
                 - {PortName: api, ClientAliases: [{DnsName: api, Port: 80}]}
      +          - {PortName: api-http2, ClientAliases: [{DnsName: api-http2, Port: 80}]}
      """,
      since: """
        Resources:
          ApiTask:
            Type: AWS::ECS::TaskDefinition
            Properties:
              NetworkMode: awsvpc
              ContainerDefinitions:
                - Name: api
                  Image: api:1
                  PortMappings:
                    - {Name: api, ContainerPort: 8080}
          Api:
            Type: AWS::ECS::Service
            Properties:
              TaskDefinition: !Ref ApiTask
              ServiceConnectConfiguration:
                Enabled: true
                Namespace: shop
                Services:
                  - {PortName: api, ClientAliases: [{DnsName: api, Port: 80}]}
        """),
    urgency: """
      Yes, wherever the service is deployed already. A first deployment elsewhere takes the new protocol without a word.
      """,
    cost: """
      A second endpoint for as long as clients move over, each with a deployment of its own; or the service is deleted and
      made anew, and is away in between.
      """,
    falseAlarms: """
      Ports that the service does not publish may change freely, and so may a port name that is published for the first
      time. A default that is written out (`Protocol: tcp`) is no change. A task definition given by its ARN shows no
      ports, and nothing is said about it.
      """,
    sources: [
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ecs-taskdefinition-portmapping.html"
    ])
}
