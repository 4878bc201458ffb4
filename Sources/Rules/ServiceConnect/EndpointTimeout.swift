import Deployment
import Diagnostics
import Services

/// A time-out for each request on an endpoint of plain TCP, which knows no requests.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ecs-service-timeoutconfiguration.html
struct EndpointTimeout: Rule {
  static let description = RuleDescription(
    id: "endpoint-timeout", severity: .error, group: .serviceConnect,
    summary: "a per-request time-out on a TCP endpoint")

  func check(_ change: Change) -> [Diagnostic] {
    let services = change.affectedConnectServices
    guard !services.isEmpty else { return [] }
    let resolver = ResourceResolver(change.new)
    return services.flatMap { service -> [Diagnostic] in
      guard let task = resolver.task(of: service), !resolver.mayHaveMore(task.id) else { return [] }
      let mappings = resolver.portMappings(of: task).all
      var circumstances = Circumstances(of: service, in: change)
      return resolver.publishedPorts(of: service).compactMap { port in
        let name = resolver.setting("PortName", in: port).text
        for value in resolver.setting("Timeout", "PerRequestTimeoutSeconds", in: port).values {
          // Zero asks for none, and a value that nobody knows may be zero.
          guard let name, let seconds = value.value.text, (Int(seconds) ?? 0) > 0 else { continue }
          for mapping in mappings where resolver.setting("Name", in: mapping).text == name {
            let application = resolver.setting("AppProtocol", in: mapping)
            guard let found = circumstances.found(value.premises + mapping.premises, without: application.presence)
            else { continue }
            return diagnostic(service, task, name, value.value, mapping, found, change)
          }
        }
        return nil
      }
    }
  }

  private func diagnostic(
    _ service: Service, _ task: TaskDefinition, _ port: String, _ value: Setting.Value, _ mapping: Part,
    _ found: Circumstances.Case, _ change: Change
  ) -> Diagnostic {
    Diagnostic(
      rule: Self.description, severity: found.severity(.error), .timesRequests(service, port, found), of: service,
      notes: [.init(.timeout, at: value.location), .init(.plainTCP(port), at: mapping.location)],
      fix: Fix(summary: "\(Diagnostic.Message.idle(value.shown, change.language(of: service.id)))"), identity: [port])
  }
}

extension Diagnostic.Message {
  fileprivate static func timesRequests(_ service: Service, _ port: String, _ found: Circumstances.Case) -> Self {
    """
    ECS will refuse \(service.logicalID)\(found.phrase): it sets PerRequestTimeoutSeconds for \(port), which has no \
    AppProtocol; for TCP only IdleTimeoutSeconds is allowed
    """
  }

  fileprivate static var timeout: Self { "the time-out stands here" }

  fileprivate static func plainTCP(_ port: String) -> Self { "\(port) has no AppProtocol here, and so it is TCP" }

  fileprivate static func idle(_ seconds: String, _ language: SourceLanguage) -> Self {
    let texts = language.text(
      yaml: "Timeout: {IdleTimeoutSeconds: \(seconds)}`, or add `AppProtocol: http",
      json: "\"Timeout\": {\"IdleTimeoutSeconds\": \(seconds)}`, or add `\"AppProtocol\": \"http\"",
      app: "idleTimeout: Duration.seconds(\(seconds))`, or add `appProtocol: ecs.AppProtocol.http")
    return "write `\(texts)` (http2, grpc) to the port mapping if that is what the server speaks"
  }
}

extension EndpointTimeout {
  static let manual = RuleManual(
    finds: """
      `Timeout.PerRequestTimeoutSeconds` of a published port whose port mapping has no `AppProtocol`, which means TCP.
      """,
    effect: """
      The documentation allows `IdleTimeoutSeconds` alone for TCP; ECS refuses the other. With `AppProtocol` every request
      has a time-out of 15 seconds by itself, which breaks long calls (`504` after 15 s): there
      `PerRequestTimeoutSeconds` is what to raise.
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
      -          PortMappings: [{Name: cart, ContainerPort: 8080}]
      +          PortMappings: [{Name: cart, ContainerPort: 8080, AppProtocol: http}]
         Cart:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref CartTask
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: !GetAtt Namespace.Arn
               Services:
                 - PortName: cart
                   ClientAliases: [{DnsName: cart, Port: 80}]
                   Timeout: {PerRequestTimeoutSeconds: 60}
      """),
    cdk: """
      The protocol belongs to the port mapping, the time-out to the service:

      ```ts
      portMappings: [{ name: 'cart', containerPort: 8080, appProtocol: ecs.AppProtocol.http }],
      services: [{ portMappingName: 'cart', perRequestTimeout: Duration.seconds(60) }],
      ```
      """,
    urgency: "Yes: the service is refused, whether it is new or not.",
    cost: """
      A port of a service that runs in Service Connect cannot change its protocol (`protocol-changed`): there only
      the time-out can go.
      """,
    falseAlarms: """
      A time-out of 0 asks for none and is not told. Nor is a port whose name or protocol only a deployment tells, or a
      task definition that the template does not write in full.
      """,
    sources: [
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ecs-service-timeoutconfiguration.html",
      "https://github.com/aws/containers-roadmap/issues/1958",
    ])
}
