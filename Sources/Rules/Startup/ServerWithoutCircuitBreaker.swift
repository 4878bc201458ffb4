import Deployment
import Diagnostics
import Services

/// A service that others wait for and that nothing stops from never becoming stable: CloudFormation waits for hours, and
/// the others with it. Off: it is advice.
///
/// https://github.com/aws/containers-roadmap/issues/1205
struct ServerWithoutCircuitBreaker: Rule {
  static let description = RuleDescription(
    id: "server-without-circuit-breaker", severity: nil, group: .startup,
    summary: "a service that others wait for can hold up the stack for hours")

  func check(_ change: Change) -> [Diagnostic] {
    let waiting = WaitingServices(change)
    guard !waiting.isEmpty else { return [] }
    let resolver = ResourceResolver(change.new)
    return change.affectedServices.compactMap { server in
      let clients = waiting.services(for: server)
      guard !clients.isEmpty, !resolver.mayHaveMore(server.id) else { return nil }
      let properties = resolver.properties(of: server.id)
      // Other controllers and strategies have their own ways to give up.
      guard isRolling(resolver.setting("DeploymentController", "Type", in: properties), "ECS"),
        isRolling(resolver.setting("DeploymentConfiguration", "Strategy", in: properties), "ROLLING")
      else { return nil }
      let enabled = resolver.setting("DeploymentConfiguration", "DeploymentCircuitBreaker", "Enable", in: properties)
      var circumstances = Circumstances(of: server, in: change)
      guard let found = circumstances.found(without: enabled.premises { $0?.lowercased() != "false" }) else {
        return nil
      }
      return Diagnostic(
        rule: Self.description, severity: .notice, .mayHang(server, clients, found), of: server,
        notes: clients.prefix(mostShown).map { .init(.waits($0, server), at: $0.location) },
        fix: Fix(summary: "\(Diagnostic.Message.enable(change.language(of: server.id)))"))
    }
  }

  private func isRolling(_ setting: Setting, _ name: String) -> Bool {
    setting.values.allSatisfy { $0.value.text == name }
  }
}

/// Waiting services in a message and in notes.
private let mostShown = 5

extension Diagnostic.Message {
  fileprivate static func mayHang(_ server: Service, _ clients: [Service], _ found: Circumstances.Case) -> Self {
    let shown = clients.prefix(mostShown).map(\.logicalID)
    let names = clients.count > mostShown ? shown.joined(separator: ", ") + ", …" : shown.listed
    return """
      if \(server.logicalID) never becomes stable\(found.phrase), the stack waits for it up to three hours, and \(names) \
      \(clients.count == 1 ? "is" : "are") not even started: it has no deployment circuit breaker
      """
  }

  fileprivate static func waits(_ client: Service, _ server: Service) -> Self {
    "\(client.logicalID) waits for \(server.logicalID)"
  }

  fileprivate static func enable(_ language: SourceLanguage) -> Self {
    let text = language.text(
      yaml: "DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: true}}",
      json: "\"DeploymentConfiguration\": {\"DeploymentCircuitBreaker\": {\"Enable\": true, \"Rollback\": true}}",
      app: "circuitBreaker: { rollback: true }")
    return "let ECS give up after some failed tasks: `\(text)`"
  }
}

extension ServerWithoutCircuitBreaker {
  static let manual = RuleManual(
    finds: """
      A service that another service waits for, by `DependsOn` or as a connection in a stack that is deployed later, whose
      `DeploymentCircuitBreaker` is not switched on.
      """,
    effect: """
      CloudFormation goes on when the server is stable. If its tasks keep failing, ECS starts new ones without end;
      CloudFormation waits until it gives up, up to three hours, and the clients are not even created. With the circuit
      breaker it ends after a few failed tasks: `Error occurred during operation 'ECS Deployment Circuit Breaker was
      triggered'.`
      """,
    example: .template(
      """
       Resources:
         Task:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions: [{Name: main, Image: "shop/main:3"}]
         Cart:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref Task
      +      DeploymentConfiguration: {DeploymentCircuitBreaker: {Enable: true, Rollback: true}}
         Web:
           Type: AWS::ECS::Service
           DependsOn: [Cart]
           Properties: {TaskDefinition: !Ref Task}
      """),
    cdk: """
      ```ts
      new ecs.FargateService(this, 'Cart', { cluster, taskDefinition, circuitBreaker: { rollback: true } });
      ```
      """,
    urgency: """
      Only on the day on which the server does not start. The rule is off because a service without circuit breaker is no
      fault; switch it on when you order services, which is when one that hangs stops the others too.
      """,
    cost: """
      A deployment that needs many attempts is ended where it might have come right. ECS counts failed tasks, three at
      least.
      """,
    falseAlarms: """
      Services with the controller CODE_DEPLOY or EXTERNAL, or a strategy other than ROLLING, are left out; so is a switch
      that only a deployment tells. A service that nobody waits for holds up its own stack alone, and is left to you.
      """,
    sources: [
      "https://github.com/aws/containers-roadmap/issues/1205",
      "https://github.com/aws/containers-roadmap/issues/328",
      "https://github.com/convox/rack/issues/1111",
    ])
}
