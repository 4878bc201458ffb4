import Deployment
import Diagnostics
import Services

/// A service that publishes an endpoint and is replaced by the change: CloudFormation makes the new one before it deletes
/// the old one, whose name in the namespace is still taken.
///
/// https://github.com/aws/aws-cdk/issues/24907
struct ServerReplaced: Rule {
  static let description = RuleDescription(
    id: "server-replaced", severity: .error, group: .serviceConnect,
    summary: "the change replaces a service that publishes an endpoint, whose name is still taken", needsOldSide: true)

  func check(_ change: Change) -> [Diagnostic] {
    guard let old = change.old else { return [] }
    let gone = old.services.filter { change.new[$0.name] == nil && !($0.connect?.endpoints.isEmpty ?? true) }
    return change.new.services.compactMap { server -> Diagnostic? in
      guard change.affected.contains(server.name), let connect = server.connect, !connect.endpoints.isEmpty else {
        return nil
      }
      if let before = old[server.name] {
        guard change.updates.update(of: server) == .replacement, let name = taken(connect, before.connect) else {
          return nil
        }
        return diagnostic(server, .replaced(server, change.updates.replacingProperties(of: server), name), name)
      }
      for before in gone where before.name.path == server.name.path {
        guard let name = taken(connect, before.connect) else { continue }
        return diagnostic(server, .moved(before, server, name), name)
      }
      return nil
    }
  }

  /// A name in the namespace that both publish.
  private func taken(_ connect: ServiceConnect, _ before: ServiceConnect?) -> String? {
    let names = Set(before?.endpoints.compactMap(\.discoveryName) ?? [])
    return connect.endpoints.compactMap(\.discoveryName).first(where: names.contains)
  }

  private func diagnostic(_ server: Service, _ message: Diagnostic.Message, _ name: String) -> Diagnostic {
    Diagnostic(
      rule: Self.description.id, severity: .error, message, at: server.location, service: server.logicalID,
      construct: server.constructPath, fix: Fix(summary: "\(Diagnostic.Message.twoSteps)"),
      identity: [server.name.path.description, server.logicalID, name])
  }
}

extension Diagnostic.Message {
  fileprivate static func replaced(_ server: Service, _ properties: [String], _ name: String) -> Self {
    """
    changing \(properties.joined(separator: " and ")) replaces \(server.logicalID): CloudFormation makes the new \
    service while the old one holds \(name) in the namespace, and fails with "SC service is already used"
    """
  }

  fileprivate static func moved(_ before: Service, _ server: Service, _ name: String) -> Self {
    """
    \(server.logicalID) takes the place of \(before.logicalID): CloudFormation makes it while \(before.logicalID) holds \
    \(name) in the namespace, and fails with "SC service is already used"
    """
  }

  fileprivate static var twoSteps: Self {
    """
    keep the logical ID and what must not change (`overrideLogicalId` in the CDK), or go in two steps: deploy it with \
    Service Connect off or under another DiscoveryName first
    """
  }
}

extension ServerReplaced {
  static let manual = RuleManual(
    finds: """
      A service that publishes an endpoint and that the change replaces, with the discovery name kept: `ServiceName`,
      `Cluster`, `Role`, `SchedulingStrategy` or `LaunchType` differs, or the service has another logical ID, as a moved
      or renamed construct of the CDK gives it, and publishes what the one that went had published.
      """,
    effect: """
      CloudFormation makes the new service before it deletes the old one, whose name in the namespace is still taken. The
      update fails and rolls back: `SC service is already used by arn:aws:servicediscovery:…`. A service with a name of
      its own fails in the same way: `CloudFormation cannot update a stack when a custom-named resource requires
      replacing`.
      """,
    example: .template(
      """
       Resources:
         ApiTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - {Name: api, Image: "api:2", PortMappings: [{Name: api, ContainerPort: 8080}]}
      -  ApiService:
      +  Api:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref ApiTask
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: shop
               Services: [{PortName: api, ClientAliases: [{DnsName: api, Port: 80}]}]
      """,
      since: """
        Resources:
          ApiTask:
            Type: AWS::ECS::TaskDefinition
            Properties:
              NetworkMode: awsvpc
              ContainerDefinitions:
                - {Name: api, Image: "api:1", PortMappings: [{Name: api, ContainerPort: 8080}]}
          Api:
            Type: AWS::ECS::Service
            Properties:
              TaskDefinition: !Ref ApiTask
              ServiceConnectConfiguration:
                Enabled: true
                Namespace: shop
                Services: [{PortName: api, ClientAliases: [{DnsName: api, Port: 80}]}]
        """),
    cdk: """
      A construct that moves in the tree keeps its resource if it keeps the logical ID:

      ```ts
      (api.node.defaultChild as ecs.CfnService).overrideLogicalId('ApiService7AAC5E36');
      ```
      """,
    urgency: """
      Yes: this update fails, in each stack where the service runs. A first deployment elsewhere succeeds, which is why a
      test in a fresh account does not show it.
      """,
    cost: """
      What makes a new service has to wait, or to go in two steps: first deploy the service with Service Connect switched
      off, or under another `DiscoveryName`, during which its clients do without it; then replace it.
      """,
    falseAlarms: """
      A replacement under another discovery name, and one of a service that publishes nothing, are silent. Properties are
      compared by value, so a `Ref` in place of the same text is no change. Of `LaunchType` the schema says only that it
      is create-only under conditions: if the update goes through for yours, suppress it there.
      """,
    sources: [
      "https://github.com/aws/copilot-cli/issues/5431",
      "https://github.com/aws/aws-cdk/issues/24907",
      "https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2214",
      "https://github.com/aws/containers-roadmap/issues/562",
      "https://github.com/aws/aws-cdk/issues/4347",
    ])
}
