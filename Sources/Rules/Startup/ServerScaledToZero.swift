import Deployment
import Diagnostics
import Services

/// A server without tasks. Its endpoint is taken for published, and nobody answers there.
///
/// https://github.com/aws/copilot-cli/issues/5225
struct ServerScaledToZero: Rule {
  static let description = RuleDescription(
    id: "server-scaled-to-zero", severity: .notice, group: .startup, summary: "a server with DesiredCount 0")

  func check(_ change: Change) -> [Diagnostic] {
    let servers = change.affectedConnectServices.filter { !($0.connect?.endpoints.isEmpty ?? true) }
    guard !servers.isEmpty else { return [] }
    let resolver = ResourceResolver(change.new)
    return servers.compactMap { server -> Diagnostic? in
      let count = resolver.setting("DesiredCount", in: resolver.properties(of: server.id))
      guard count.text == "0", let value = count.values.first?.value, let endpoint = server.connect?.endpoints.first
      else { return nil }
      var circumstances = Circumstances(of: server, in: change)
      guard circumstances.found(any: count.presence) != nil, !isScaledUp(server, resolver, change) else { return nil }
      return Diagnostic(
        rule: Self.description, severity: .notice, .noTask(server, endpoint), of: server,
        notes: [.init(.count, at: value.location)],
        fix: Fix(summary: "\(Diagnostic.Message.start(change.language(of: server.id)))"))
    }
  }

  /// Whether Application Auto Scaling starts tasks, or may do so.
  private func isScaledUp(_ server: Service, _ resolver: ResourceResolver, _ change: Change) -> Bool {
    ScalingNeed.all(in: change.new).contains { need in
      need.needed == server.id && resolver.setting("MinCapacity", in: resolver.properties(of: need.id)).text != "0"
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func noTask(_ server: Service, _ endpoint: Endpoint) -> Self {
    """
    \(server.logicalID) has no tasks: clients of \(endpoint.display) get 503 or a connection reset, or do not resolve it, \
    until somebody starts one
    """
  }

  fileprivate static var count: Self { "the number of tasks stands here" }

  fileprivate static func start(_ language: SourceLanguage) -> Self {
    let text = language.text(yaml: "DesiredCount: 1", json: "\"DesiredCount\": 1", app: "desiredCount: 1")
    return
      "start a task with the deployment: `\(text)`; or leave the number out, which is 1 at first and then what it was"
  }
}

extension ServerScaledToZero {
  static let manual = RuleManual(
    finds: """
      A service that publishes an endpoint and whose `DesiredCount` is 0 in every deployment that sets it, where no
      scalable target of the templates starts more.
      """,
    effect: """
      The service is stable at once, with no task, and clients that wait for it go on. They get `503` or a connection
      reset. ECS should publish the endpoint all the same, since it does so for the service and not for its tasks; but a
      report shows names that did not resolve with a count of 0, and then clients need another deployment.
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
             NetworkMode: awsvpc
             ContainerDefinitions:
               - Name: cart
                 Image: shop/cart:3
                 PortMappings: [{Name: cart, ContainerPort: 8080}]
         Cart:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref CartTask
      -      DesiredCount: 0
      +      DesiredCount: 1
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: !GetAtt Namespace.Arn
               Services: [{PortName: cart, ClientAliases: [{DnsName: cart, Port: 80}]}]
      """),
    cdk: """
      ```ts
      new ecs.FargateService(this, 'Cart', { cluster, taskDefinition, desiredCount: 1 });
      ```
      """,
    urgency: """
      It is a *notice*: a count of 0 is often meant, for the first deployment while there is no image yet. Start the server
      before its clients are deployed.
      """,
    cost: "A task that runs.",
    falseAlarms: """
      A scalable target with a minimum of 1 or more, or one that only a deployment tells, starts tasks, so the rule is
      silent. So it is where the number differs from deployment to deployment, or is a parameter without a default.
      """,
    sources: ["https://github.com/aws/copilot-cli/issues/5225"])
}
