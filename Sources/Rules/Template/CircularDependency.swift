import Deployment
import Diagnostics
import Services

/// Resources that wait for each other. CloudFormation refuses the template before anything runs.
///
/// https://aws.amazon.com/blogs/infrastructure-and-automation/handling-circular-dependency-errors-in-aws-cloudformation/
struct CircularDependency: Rule {
  static let description = RuleDescription(
    id: "circular-dependency", severity: .error, group: .template, summary: "resources that wait for each other")

  func check(_ change: Change) -> [Diagnostic] {
    CircleDiagnostics(change).all { circle in
      guard circle.construct == nil else { return nil }
      let holder = Holder(circle.first, in: change)
      return Diagnostic(
        rule: Self.description.id, severity: .error, .circle(circle.names), at: holder.location,
        service: holder.service, construct: holder.construct, notes: circle.notes,
        identity: circle.identity)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func circle(_ names: [String]) -> Self {
    """
    CloudFormation will refuse the template: Circular dependency between resources: \
    [\(names.joined(separator: ", "))]
    """
  }
}

extension CircularDependency {
  static let manual = RuleManual(
    finds: """
      Resources of one template that wait for each other, by `DependsOn` or by references, on a way from a service that
      the change affects. One finding for each circle, spelled out once round, with the place of each step.
      """,
    effect: """
      CloudFormation refuses the template before anything runs: `Circular dependency between resources: [A, B, …]`. Its
      list names what is in the circle and often what merely waits for it, in no order, and no place; the notes here show
      the steps.
      """,
    example: .template(
      """
       Resources:
         ApiGroup:
           Type: AWS::EC2::SecurityGroup
           Properties:
             GroupDescription: Tasks of the API
             SecurityGroupIngress:
               - {IpProtocol: tcp, FromPort: 8080, ToPort: 8080, SourceSecurityGroupId: !GetAtt WebGroup.GroupId}
         WebGroup:
           Type: AWS::EC2::SecurityGroup
           Properties:
             GroupDescription: Tasks of the web server
      -      SecurityGroupIngress:
      -        - {IpProtocol: tcp, FromPort: 3000, ToPort: 3000, SourceSecurityGroupId: !GetAtt ApiGroup.GroupId}
      +  WebFromApi:
      +    Type: AWS::EC2::SecurityGroupIngress
      +    Properties:
      +      GroupId: !GetAtt WebGroup.GroupId
      +      SourceSecurityGroupId: !GetAtt ApiGroup.GroupId
      +      IpProtocol: tcp
      +      FromPort: 3000
      +      ToPort: 3000
         WebTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions: [{Name: web, Image: "web:1"}]
         Web:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref WebTask
             NetworkConfiguration:
               AwsvpcConfiguration: {SecurityGroups: [!GetAtt WebGroup.GroupId], Subnets: [subnet-0a1b2c3d]}
      """),
    urgency: """
      Yes: no deployment with this template begins. What runs stays as it is.
      """,
    cost: """
      One edge of the circle has to go. Between security groups it moves into a resource of its own, which costs nothing.
      Between two services that call each other one order has to be given up
      ([mutual-clients](mutual-clients.md) tells how).
      """,
    falseAlarms: """
      `Fn::If` and conditions are taken into account: a circle that no choice of the parameters closes is none. Names in
      `${!Literal}`, in the variables of an `Fn::Sub`, and texts that merely look like logical IDs are no dependencies.
      Circles made by a construct-wide `addDependency` are [construct-dependency-cycle](construct-dependency-cycle.md)
      and told once.
      """,
    sources: [
      "https://aws.amazon.com/blogs/infrastructure-and-automation/handling-circular-dependency-errors-in-aws-cloudformation/",
      "https://github.com/aws/aws-cdk/issues/29501",
      "https://github.com/cdklabs/cdk-ecs-service-extensions/issues/603",
    ])
}
