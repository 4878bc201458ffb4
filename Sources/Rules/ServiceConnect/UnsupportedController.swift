import Deployment
import Diagnostics
import Services

/// Service Connect with a deployment controller other than that of ECS itself.
///
/// https://github.com/aws/containers-roadmap/issues/1993
struct UnsupportedController: Rule {
  static let description = RuleDescription(
    id: "unsupported-controller", severity: .error, group: .serviceConnect,
    summary: "Service Connect with the deployment controller CODE_DEPLOY or EXTERNAL")

  func check(_ change: Change) -> [Diagnostic] {
    let services = change.affectedConnectServices
    guard !services.isEmpty else { return [] }
    let resolver = ResourceResolver(change.new)
    return services.compactMap { service in
      let controller = resolver.setting("DeploymentController", "Type", in: resolver.properties(of: service.id))
      var circumstances = Circumstances(ofConnect: service, resolver, in: change)
      for value in controller.values {
        guard let type = value.value.text, ["CODE_DEPLOY", "EXTERNAL"].contains(type),
          let found = circumstances.found(value.premises)
        else { continue }
        return Diagnostic(
          rule: Self.description, severity: found.severity(.error), .unsupported(service, type, found), of: service,
          notes: [.init(.stands, at: value.value.location)],
          fix: Fix(summary: "\(Diagnostic.Message.useECS(change.language(of: service.id)))"), identity: [type])
      }
      return nil
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func unsupported(_ service: Service, _ type: String, _ found: Circumstances.Case) -> Self {
    """
    \(service.logicalID) is in Service Connect with the deployment controller \(type)\(found.phrase): Service Connect is \
    not supported there, only with the controller ECS
    """
  }

  fileprivate static var stands: Self { "the deployment controller stands here" }

  fileprivate static func useECS(_ language: SourceLanguage) -> Self {
    let text = language.text(
      yaml: "DeploymentController: {Type: ECS}", json: "\"DeploymentController\": {\"Type\": \"ECS\"}",
      app: "deploymentController: { type: ecs.DeploymentControllerType.ECS }")
    return "use `\(text)`; it makes blue/green deployments too, by the Strategy BLUE_GREEN of DeploymentConfiguration"
  }
}

extension UnsupportedController {
  static let manual = RuleManual(
    finds: """
      A service with Service Connect whose `DeploymentController.Type` is `CODE_DEPLOY` or `EXTERNAL`.
      """,
    effect: """
      Service Connect supports the deployment controller of ECS alone; the wish for CodeDeploy has been open since 2023.
      The error text at creation is not known to us. A service that CodeDeploy has already cannot be changed into one with
      Service Connect either: `Unable to update task definition on services with a CODE_DEPLOY deployment controller. Use
      AWS CodeDeploy to trigger a new deployment.`
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
      -      DeploymentController: {Type: CODE_DEPLOY}
      +      DeploymentController: {Type: ECS}
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: !GetAtt Namespace.Arn
               Services: [{PortName: cart, ClientAliases: [{DnsName: cart, Port: 80}]}]
      """),
    cdk: """
      Leave the controller out, or:

      ```ts
      deploymentController: { type: ecs.DeploymentControllerType.ECS },
      ```
      """,
    urgency: "Yes, for a service that is new or gets Service Connect with the change.",
    cost: """
      Deployments that CodeDeploy made are made by ECS. It knows the strategies blue/green, linear and canary itself by
      now, and they work with Service Connect.
      """,
    falseAlarms: """
      None is known. A controller from a parameter without a default is not judged, and one in `Fn::If` only where Service
      Connect is on under the same condition.
      """,
    sources: [
      "https://github.com/aws/containers-roadmap/issues/1993",
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-blue-green.html",
      "https://github.com/cdklabs/cdk-ecs-codedeploy/issues/121",
      "https://github.com/pipe-cd/pipecd/pull/4900",
    ])
}
