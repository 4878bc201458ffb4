import Deployment
import Diagnostics
import Services

/// A circle that a construct-wide dependency of the CDK closes, which the dependency between the two services would
/// not: synthesis passes, and CloudFormation refuses the template.
///
/// https://github.com/aehrc/smart-forms/pull/2069
struct ConstructDependencyCycle: Rule {
  static let description = RuleDescription(
    id: "construct-dependency-cycle", severity: .error, group: .order,
    summary: "a circle that a construct-wide addDependency of the CDK closes")

  func check(_ change: Change) -> [Diagnostic] {
    CircleDiagnostics(change).all { circle in
      guard let cause = circle.construct else { return nil }
      let client = cause.client
      return Diagnostic(
        rule: Self.description.id, severity: .error, .circle(circle.names, cause), at: client.location,
        service: client.logicalID, construct: client.constructPath, notes: circle.notes,
        fix: fix(cause), identity: circle.identity)
    }
  }

  private func fix(_ cause: ConstructCircle) -> Fix {
    cause.serverService.map { Fix(.narrow(to: $0)) } ?? Fix(summary: "\(Diagnostic.Message.drop(cause))")
  }
}

extension Diagnostic.Message {
  fileprivate static func circle(_ names: [String], _ cause: ConstructCircle) -> Self {
    """
    CloudFormation will refuse the template: Circular dependency between resources: \
    [\(names.joined(separator: ", "))]; addDependency lets all that belongs to \(cause.clientConstruct) wait for all \
    that belongs to \(cause.server), security groups and their rules included
    """
  }

  fileprivate static func drop(_ cause: ConstructCircle) -> Self {
    """
    drop `client.node.addDependency(server)`: a reference to \(cause.server) orders the two already; where there is none, \
    `(client.node.defaultChild as CfnService).addDependency(server.node.defaultChild as CfnResource)`
    """
  }
}

extension Fix.Statement {
  fileprivate static func narrow(to server: Service) -> Self {
    Fix.Statement(
      "in place of the dependency between the constructs order the two services alone in the app",
      "with your variables for them",
      "(client.node.defaultChild as CfnService).addDependency(server.node.defaultChild as CfnService)",
      waitingFor: server.location)
  }
}

extension ConstructCircle {
  fileprivate var clientConstruct: String {
    client.constructPath?.split(separator: "/").dropLast().joined(separator: "/") ?? client.logicalID
  }
}

extension ConstructDependencyCycle {
  static let manual = RuleManual(
    finds: """
      A circle in a template of the CDK that would not be there if the two services waited for each other's service
      alone: every resource of the client's construct has a `DependsOn` to every resource of the server's, as
      `client.node.addDependency(server)` writes it. It is told by the construct paths (`aws:cdk:path`, or the metadata of
      the assembly).
      """,
    effect: """
      `addDependency` between constructs is meant for all they hold, security groups included. With an ordinary
      `server.connections.allowFrom(client, …)` the server holds an ingress rule that names the client's security group:
      that group waits for the rule, and the rule for that group. `cdk synth` ends well, with no more than the warning
      F3004 of its validator; CloudFormation then refuses the template: `Circular dependency between resources: […]`.
      """,
    example: .template(
      """
       Resources:
         ApiTask:
           Type: AWS::ECS::TaskDefinition
           Metadata: {"aws:cdk:path": Shop/ApiTask/Resource}
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions: [{Name: api, Image: "api:1"}]
         ApiSecurityGroup:
           Type: AWS::EC2::SecurityGroup
           Metadata: {"aws:cdk:path": Shop/Api/SecurityGroup/Resource}
           Properties: {GroupDescription: Shop/Api/SecurityGroup, VpcId: vpc-0a1b2c3d}
         ApiFromWeb:
           Type: AWS::EC2::SecurityGroupIngress
           Metadata: {"aws:cdk:path": "Shop/Api/SecurityGroup/from ShopWebSecurityGroup:8080"}
           Properties:
             GroupId: !GetAtt ApiSecurityGroup.GroupId
             SourceSecurityGroupId: !GetAtt WebSecurityGroup.GroupId
             IpProtocol: tcp
             FromPort: 8080
             ToPort: 8080
         ApiService:
           Type: AWS::ECS::Service
           Metadata: {"aws:cdk:path": Shop/Api/Service}
           Properties:
             TaskDefinition: !Ref ApiTask
             NetworkConfiguration:
               AwsvpcConfiguration: {SecurityGroups: [!GetAtt ApiSecurityGroup.GroupId], Subnets: [subnet-0a1b2c3d]}
         WebTask:
           Type: AWS::ECS::TaskDefinition
           Metadata: {"aws:cdk:path": Shop/WebTask/Resource}
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions: [{Name: web, Image: "web:1"}]
         WebSecurityGroup:
           Type: AWS::EC2::SecurityGroup
           Metadata: {"aws:cdk:path": Shop/Web/SecurityGroup/Resource}
           Properties: {GroupDescription: Shop/Web/SecurityGroup, VpcId: vpc-0a1b2c3d}
      -    DependsOn: [ApiFromWeb, ApiSecurityGroup, ApiService]
         WebService:
           Type: AWS::ECS::Service
           Metadata: {"aws:cdk:path": Shop/Web/Service}
           Properties:
             TaskDefinition: !Ref WebTask
             NetworkConfiguration:
               AwsvpcConfiguration: {SecurityGroups: [!GetAtt WebSecurityGroup.GroupId], Subnets: [subnet-0a1b2c3d]}
      -    DependsOn: [ApiFromWeb, ApiSecurityGroup, ApiService]
      +    DependsOn: [ApiService]
      """),
    cdk: """
      In place of `web.node.addDependency(api)`:

      ```ts
      (web.node.defaultChild as ecs.CfnService).addDependency(api.node.defaultChild as ecs.CfnService);
      ```

      Newer versions also know it as `addResourceDependency` (2.275.0 does). Where a reference orders the two already, as
      with a database whose address the service gets, drop the line.
      """,
    urgency: """
      Yes: every deployment with this template is refused before anything runs, updates too. With the feature flag
      `@aws-cdk/core:validateAgainstDefaultRules` the CDK itself ends with an error.
      """,
    cost: """
      Nothing: the client waits for the server's service as before, and no longer for what has no part in it.
      """,
    falseAlarms: """
      The construct-wide form closes no circle where nothing of the server names anything of the client: services without
      rules between their security groups, or in bridge mode; those are silent. A circle that stays when the services
      alone are ordered has another cause and is [circular-dependency](circular-dependency.md), as is one in a template
      without construct paths.
      """,
    sources: [
      "https://github.com/aehrc/smart-forms/pull/2069",
      "https://github.com/aws/aws-cdk/issues/29501",
      "https://ben-foster.dev/2024/03/managing-dependencies-between-apps-when-using-aws-ecs-service-connect/",
    ])
}
