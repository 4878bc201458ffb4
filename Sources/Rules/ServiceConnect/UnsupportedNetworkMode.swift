import Deployment
import Diagnostics
import Services

/// A task definition whose network mode Service Connect is not documented for. That it must be written out is what people
/// have found; AWS says nothing of it.
///
/// https://github.com/mreferre/yelb/issues/86
struct UnsupportedNetworkMode: Rule {
  static let description = RuleDescription(
    id: "unsupported-network-mode", severity: .error, group: .serviceConnect,
    summary: "Service Connect with the network mode host or none, or none written on EC2")

  func check(_ change: Change) -> [Diagnostic] {
    let services = change.affectedConnectServices
    guard !services.isEmpty else { return [] }
    let resolver = ResourceResolver(change.new)
    return services.compactMap { service in
      guard let task = resolver.task(of: service) else { return nil }
      let mode = resolver.setting("NetworkMode", in: resolver.properties(of: task.id))
      var circumstances = Circumstances(ofConnect: service, resolver, in: change)
      for value in mode.values {
        guard let text = value.value.text, ["host", "none"].contains(text),
          let found = circumstances.found(value.premises)
        else { continue }
        return diagnostic(
          service, found.severity(.error), .unsupported(service, task, text, found, change),
          note: .init(.stands, at: value.value.location), task, change)
      }
      guard !resolver.mayHaveMore(task.id), let host = hostedOnEC2(service, task, resolver),
        let found = circumstances.found(host.premises, without: mode.presence)
      else { return nil }
      return diagnostic(
        service, .notice, .leftOut(service, task, found, change), note: .init(.runsOnEC2, at: host.value.location),
        task, change)
    }
  }

  /// What says that the tasks run on EC2: the launch type of the service, else what the task definition is for. Tasks for
  /// Fargate need awsvpc, and a template without it is wrong in another way.
  private func hostedOnEC2(
    _ service: Service, _ task: TaskDefinition, _ resolver: ResourceResolver
  ) -> Conditional<Setting.Value>? {
    let compatibilities = resolver.items("RequiresCompatibilities", in: resolver.properties(of: task.id))
    guard compatibilities.premises(where: { $0 == nil || $0 == "FARGATE" }).isEmpty else { return nil }
    let launchTypes = resolver.setting("LaunchType", in: resolver.properties(of: service.id))
    return (launchTypes.values + compatibilities.values).first { $0.value.text == "EC2" }
  }

  private func diagnostic(
    _ service: Service, _ severity: Severity, _ message: Diagnostic.Message, note: Diagnostic.Note,
    _ task: TaskDefinition, _ change: Change
  ) -> Diagnostic {
    Diagnostic(
      rule: Self.description, severity: severity, message, of: service, notes: [note],
      fix: Fix(summary: "\(Diagnostic.Message.write(change.language(of: task.id)))"),
      identity: [change.new.group[task.id].logicalID])
  }
}

extension Diagnostic.Message {
  fileprivate static func unsupported(
    _ service: Service, _ task: TaskDefinition, _ mode: String, _ found: Circumstances.Case, _ change: Change
  ) -> Self {
    """
    \(service.logicalID) is in Service Connect, and \(change.new.group[task.id].logicalID) has the network mode \
    \(mode)\(found.phrase): Service Connect is there for awsvpc and bridge
    """
  }

  fileprivate static func leftOut(
    _ service: Service, _ task: TaskDefinition, _ found: Circumstances.Case, _ change: Change
  ) -> Self {
    """
    \(service.logicalID) is in Service Connect, and \(change.new.group[task.id].logicalID) leaves NetworkMode \
    out\(found.phrase): on EC2 that means bridge, but people saw Service Connect work only where bridge or awsvpc was \
    written
    """
  }

  fileprivate static var stands: Self { "the network mode stands here" }

  fileprivate static var runsOnEC2: Self { "the tasks run on EC2" }

  fileprivate static func write(_ language: SourceLanguage) -> Self {
    let text = language.text(
      yaml: "NetworkMode: bridge", json: "\"NetworkMode\": \"bridge\"", app: "networkMode: ecs.NetworkMode.BRIDGE")
    return "write `\(text)` in the task definition, or awsvpc with a NetworkConfiguration of the service"
  }
}

extension UnsupportedNetworkMode {
  static let manual = RuleManual(
    finds: """
      A service with Service Connect whose task definition has the network mode `host` or `none` (an *error*), or has
      none while the launch type of the service or `RequiresCompatibilities` says EC2 (a *notice*).
      """,
    effect: """
      Service Connect puts a proxy beside the containers of a task and sends their connections through it; it is
      documented for `awsvpc` and `bridge` and for nothing else. What ECS answers to `host` or `none` is not documented.
      Without a network mode EC2 takes `bridge`, and yet somebody lost two days until it was written out: *you have to
      explicitly specify it to be bridge or awsvpc*.
      """,
    example: .template(
      """
       Resources:
         Namespace:
           Type: AWS::ServiceDiscovery::HttpNamespace
           Properties: {Name: shop}
         CartTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
      -      NetworkMode: host
      +      NetworkMode: bridge
             ContainerDefinitions:
               - Name: cart
                 Image: shop/cart:3
                 PortMappings: [{Name: cart, ContainerPort: 8080}]
         Cart:
           Type: AWS::ECS::Service
           Properties:
             LaunchType: EC2
             TaskDefinition: !Ref CartTask
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: !GetAtt Namespace.Arn
               Services: [{PortName: cart, ClientAliases: [{DnsName: cart, Port: 80}]}]
      """),
    cdk: """
      ```ts
      const task = new ecs.Ec2TaskDefinition(this, 'CartTask', { networkMode: ecs.NetworkMode.BRIDGE });
      ```
      """,
    urgency: """
      With `host` and `none` yes, as far as anybody knows. A mode that is left out is a hint only: if your tasks resolve
      the names of endpoints, nothing is to be done.
      """,
    cost: """
      A new revision of the task definition. Out of the mode `host` containers no longer share the ports of the machine;
      health checks, security groups and target groups may count on that.
      """,
    falseAlarms: """
      A mode that is left out on Fargate is another fault, which ECS and cfn-lint tell. Without a word about EC2 the
      template does not show where the tasks run, and the rule is silent. A mode from a parameter without a default is
      not judged.
      """,
    sources: [
      "https://github.com/mreferre/yelb/issues/86",
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ecs-service-serviceconnectservice.html",
    ])
}
