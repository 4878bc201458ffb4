import Deployment
import Diagnostics
import Services

/// A service that publishes a port by a name that no port mapping of its task definition has.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ecs-service-serviceconnectservice.html
struct UnknownPortName: Rule {
  static let description = RuleDescription(
    id: "unknown-port-name", severity: .error, group: .serviceConnect,
    summary: "PortName that no port mapping of the task definition has")

  func check(_ change: Change) -> [Diagnostic] {
    let services = change.affectedConnectServices
    guard !services.isEmpty else { return [] }
    let resolver = ResourceResolver(change.new)
    return services.flatMap { service -> [Diagnostic] in
      guard let task = resolver.task(of: service) else { return [] }
      let mappings = resolver.portMappings(of: task)
      let names = mappings.all.map { resolver.setting("Name", in: $0) }
      guard mappings.isComplete, !names.contains(where: \.isOpen) else { return [] }
      var circumstances = Circumstances(of: service, in: change)
      var seen: Set<String> = []
      return resolver.publishedPorts(of: service).flatMap { resolver.setting("PortName", in: $0).values }
        .compactMap { value in
          guard let name = value.value.text,
            let found = circumstances.found(value.premises, without: names.flatMap { $0.premises { $0 == name } }),
            seen.insert(name).inserted
          else { return nil }
          let ports = zip(mappings.all, names).map { (mapping: $0, names: $1.values.compactMap(\.value.text)) }
          return diagnostic(service, task, value.value, ports, found, change)
        }
    }
  }

  private func diagnostic(
    _ service: Service, _ task: TaskDefinition, _ name: Setting.Value, _ ports: [(mapping: Part, names: [String])],
    _ found: Circumstances.Case, _ change: Change
  ) -> Diagnostic {
    let taskID = change.new.group[task.id].logicalID
    return Diagnostic(
      rule: Self.description, severity: found.severity(.error), .noSuchPort(service, taskID, name.shown, found),
      of: service,
      notes: [.init(.published(name.shown), at: name.location)]
        + ports.prefix(mostShown).map { .init(.mapping($0.names), at: $0.mapping.location) },
      fix: fix(name.shown, ports, change.language(of: service.id)), identity: [name.shown])
  }

  private func fix(_ name: String, _ ports: [(mapping: Part, names: [String])], _ language: SourceLanguage) -> Fix? {
    if ports.count(where: \.names.isEmpty) == 1 {
      return Fix(summary: "\(Diagnostic.Message.nameTheMapping(name, language))")
    }
    guard ports.count == 1, ports[0].names.count == 1 else { return nil }
    return Fix(summary: "\(Diagnostic.Message.publish(ports[0].names[0], language))")
  }
}

/// Port mappings in notes; of a task with a hundred nobody reads more.
private let mostShown = 5

extension Diagnostic.Message {
  fileprivate static func noSuchPort(
    _ service: Service, _ task: String, _ name: String, _ found: Circumstances.Case
  ) -> Self {
    """
    ECS will refuse \(service.logicalID)\(found.phrase): it publishes the port \(name), and no port mapping of \(task) \
    has this name
    """
  }

  fileprivate static func published(_ name: String) -> Self { "\(name) is published here" }

  fileprivate static func mapping(_ names: [String]) -> Self {
    names.isEmpty ? "this port mapping has no name" : "this port mapping is called \(names.joined(separator: " or "))"
  }

  fileprivate static func nameTheMapping(_ name: String, _ language: SourceLanguage) -> Self {
    let text = language.text(yaml: "Name: \(name)", json: "\"Name\": \"\(name)\"", app: "name: '\(name)'")
    return "name the port mapping: `\(text)`"
  }

  fileprivate static func publish(_ name: String, _ language: SourceLanguage) -> Self {
    let text = language.text(
      yaml: "PortName: \(name)", json: "\"PortName\": \"\(name)\"", app: "portMappingName: '\(name)'")
    return "publish the name that the port mapping has, upper and lower case included: `\(text)`"
  }
}

extension UnknownPortName {
  static let manual = RuleManual(
    finds: """
      A `PortName` in `ServiceConnectConfiguration.Services` that is the `Name` of no port mapping in any container of the
      task definition which the service runs. Names are compared with their upper and lower case. The notes show the
      port mappings that are there.
      """,
    effect: """
      ECS refuses to create or update the service; the exact text of the API is not known. The CDK says at synthesis
      `Port Mapping 'http' does not exist on the task definition.` Often the name was there and a tool that writes task
      definitions has dropped it.
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
      -          PortMappings: [{ContainerPort: 8080}]
      +          PortMappings: [{Name: cart, ContainerPort: 8080}]
         Cart:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref CartTask
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: !GetAtt Namespace.Arn
               Services: [{PortName: cart, ClientAliases: [{DnsName: cart, Port: 80}]}]
      """),
    cdk: """
      The name belongs to the port mapping, and the service publishes it:

      ```ts
      task.addContainer('cart', { image, portMappings: [{ name: 'cart', containerPort: 8080 }] });
      serviceConnectConfiguration: { services: [{ portMappingName: 'cart', dnsName: 'cart', port: 80 }] }
      ```
      """,
    urgency: """
      Yes: the deployment of the service fails whether it is new or not. Where only a value that is not the default leads
      to it, it is a *warning*.
      """,
    cost: "A new revision of the task definition, and so a deployment of the service.",
    falseAlarms: """
      A task definition that the template does not write (an ARN, a parameter, a literal revision) is not judged, nor one
      with a port mapping whose name only a deployment tells, nor one that a macro or an include may add to. Containers
      and port mappings in `Fn::If` count where their condition can hold together with that of the service.
      """,
    sources: [
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ecs-service-serviceconnectservice.html",
      "https://github.com/pulumi/pulumi-awsx/issues/1168",
      "https://github.com/cloudposse/terraform-aws-ecs-container-definition/issues/162",
      "https://github.com/aws-actions/amazon-ecs-deploy-task-definition/issues/426",
    ])
}
