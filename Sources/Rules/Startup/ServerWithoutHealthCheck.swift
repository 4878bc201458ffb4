import Deployment
import Diagnostics
import Services

/// A server that others wait for, whose container has no health check: it counts as there when its process runs, whether
/// or not that listens yet. Off: it is advice.
///
/// https://github.com/aws/containers-roadmap/issues/2334
struct ServerWithoutHealthCheck: Rule {
  static let description = RuleDescription(
    id: "server-without-health-check", severity: nil, group: .startup,
    summary: "a service that others wait for joins before its application listens")

  func check(_ change: Change) -> [Diagnostic] {
    let waiting = WaitingServices(change)
    guard !waiting.isEmpty else { return [] }
    let resolver = ResourceResolver(change.new)
    return change.affectedConnectServices.flatMap { server -> [Diagnostic] in
      let clients = waiting.services(for: server)
      guard !clients.isEmpty, let task = resolver.task(of: server), !resolver.mayHaveMore(task.id),
        // What a load balancer checks is stable only when it answers.
        resolver.presence(of: "LoadBalancers", in: resolver.properties(of: server.id)).isEmpty
      else { return [] }
      let published = Set(resolver.publishedPorts(of: server).compactMap { resolver.setting("PortName", in: $0).text })
      var circumstances = Circumstances(ofConnect: server, resolver, in: change)
      return resolver.containers(of: task).all.compactMap { container in
        let mapping = resolver.parts("PortMappings", in: container).all.first { mapping in
          resolver.setting("Name", in: mapping).text.map(published.contains) ?? false
        }
        let check = resolver.presence(of: "HealthCheck", in: container)
        guard let mapping, let name = resolver.setting("Name", in: container).text,
          circumstances.found(mapping.premises, without: check) != nil
        else { return nil }
        return Diagnostic(
          rule: Self.description, severity: .notice, .joinsEarly(server, name), of: server,
          notes: [.init(.noCheck(name), at: container.location)]
            + clients.prefix(mostShown).map { .init(.waits($0, server), at: $0.location) },
          fix: Fix(summary: "\(Diagnostic.Message.add(name, change.language(of: task.id)))"), identity: [name])
      }
    }
  }
}

/// Waiting services in notes.
private let mostShown = 5

extension Diagnostic.Message {
  fileprivate static func joinsEarly(_ server: Service, _ container: String) -> Self {
    """
    \(server.logicalID) counts as there as soon as its tasks run, since \(container) has no health check: those that wait \
    for it may start before it listens, and get connection refused
    """
  }

  fileprivate static func noCheck(_ container: String) -> Self {
    "\(container) publishes the port and has no HealthCheck"
  }

  fileprivate static func waits(_ client: Service, _ server: Service) -> Self {
    "\(client.logicalID) waits for \(server.logicalID)"
  }

  fileprivate static func add(_ container: String, _ language: SourceLanguage) -> Self {
    let text = language.text(
      yaml: "HealthCheck: {Command: [CMD-SHELL, …]}", json: "\"HealthCheck\": {\"Command\": [\"CMD-SHELL\", \"…\"]}",
      app: "healthCheck: { command: ['CMD-SHELL', '…'] }")
    return "give \(container) a command that tells when it listens: `\(text)`"
  }
}

extension ServerWithoutHealthCheck {
  static let manual = RuleManual(
    finds: """
      A server in Service Connect that another service waits for, by `DependsOn` or as a connection in a stack that is
      deployed later, and whose container with the published port has no `HealthCheck`. The server has no load balancer.
      """,
    effect: """
      To wait for a service means to wait for tasks that run. Without a health check a task runs as soon as its process
      is started: the name resolves, and the first connections meet nothing (`connection refused`, `ECONNREFUSED`), until
      the application listens. How far a health check of a container holds CloudFormation up is told in different ways;
      Service Connect itself sends traffic to a task only when its containers are healthy.
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
      +          HealthCheck: {Command: [CMD-SHELL, "curl -f http://localhost:8080/health"]}
         Cart:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref CartTask
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: !GetAtt Namespace.Arn
               Services: [{PortName: cart, ClientAliases: [{DnsName: cart, Port: 80}]}]
         WebTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions: [{Name: web, Image: "shop/web:3"}]
         Web:
           Type: AWS::ECS::Service
           DependsOn: [Cart]
           Properties:
             TaskDefinition: !Ref WebTask
             ServiceConnectConfiguration: {Enabled: true, Namespace: !GetAtt Namespace.Arn}
      """),
    cdk: """
      ```ts
      task.addContainer('cart', { image, healthCheck: { command: ['CMD-SHELL', 'curl -f http://localhost:8080/health'] } });
      ```
      """,
    urgency: """
      Hardly: most clients try again, and then nothing is wrong. The rule is off; switch it on where clients give up at
      the first refusal.
      """,
    cost: "The image needs a program for the check, and a deployment takes as long as the check does.",
    falseAlarms: """
      A server behind a load balancer is checked by that. A task definition that the template does not write in full is
      not judged. A health check that stands in the image counts for nothing in ECS.
      """,
    sources: [
      "https://github.com/aws/containers-roadmap/issues/2334", "https://github.com/aws/amazon-ecs-agent/pull/3178",
      "https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/619",
    ])
}
