import Diagnostics
import Services

/// A service whose security groups may get their rules after its first tasks. What they let in is kept out until then, which
/// comes right by itself, hence off.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupingress.html
struct IngressRuleNotAwaited: NeedRule {
  static let kind = Need.Kind.ingressRule
  static let description = RuleDescription(
    id: "ingress-rule-not-awaited", severity: nil, group: .startup,
    summary: "separate ingress rules of its security groups that the service does not wait for")

  func check(_ change: Change) -> [Diagnostic] {
    NeedDiagnostics(change, for: self).all { unmet in
      .init(message: .isShut(unmet), uses: .isInGroups(unmet.need), gives: { .opens($0) }, cdk: .wait)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func isShut(_ unmet: UnmetNeed) -> Self {
    """
    \(unmet.need.service.logicalID) may start before \(unmet.names) of its security groups: until then the first \
    connections to it time out
    """
  }

  fileprivate static func isInGroups(_ need: Need) -> Self {
    "\(need.service.logicalID) is in these security groups"
  }

  fileprivate static func opens(_ provider: Need.Provider) -> Self { "\(provider.name) opens one of them here" }
}

extension AppCode {
  fileprivate static let wait: Self =
    "service.node.defaultChild!.node.addDependency(...service.connections.securityGroups)"
}

extension IngressRuleNotAwaited {
  static let manual = RuleManual(
    finds: """
      A service with security groups of the same template whose ingress rules are resources of their own
      (`AWS::EC2::SecurityGroupIngress`, as the CDK makes them where two groups are tied together), and which it does not wait
      for. All rules of a service are one finding.
      """,
    effect: """
      A security group is there before its separate rules. What connects to the tasks by then gets no answer, and its first
      connections time out: clients, and the health checks of a load balancer. That follows from how security groups work; no
      public report of it is known.
      """,
    example: .template(
      """
       Parameters:
         Network: {Type: "AWS::EC2::VPC::Id"}
         Subnets: {Type: "List<AWS::EC2::Subnet::Id>"}
         Clients: {Type: "AWS::EC2::SecurityGroup::Id"}
       Resources:
         Group:
           Type: AWS::EC2::SecurityGroup
           Properties: {GroupDescription: API, VpcId: !Ref Network}
         FromClients:
           Type: AWS::EC2::SecurityGroupIngress
           Properties:
             GroupId: !GetAtt Group.GroupId
             SourceSecurityGroupId: !Ref Clients
             IpProtocol: tcp
             FromPort: 8080
             ToPort: 8080
         Task:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions: [{Name: api, Image: "example/api:2", PortMappings: [{ContainerPort: 8080}]}]
         Api:
           Type: AWS::ECS::Service
      +    DependsOn: [FromClients]
           Properties:
             TaskDefinition: !Ref Task
             NetworkConfiguration: {AwsvpcConfiguration: {Subnets: !Ref Subnets, SecurityGroups: [!GetAtt Group.GroupId]}}
      """),
    cdk: """
      With your variable for the service:

      ```ts
      service.node.defaultChild!.node.addDependency(...service.connections.securityGroups);
      ```

      Not `service.node.addDependency(...)`: that lets the security groups wait for their own rules, which is a circle
      ([construct-dependency-cycle](construct-dependency-cycle.md)).
      """,
    urgency: """
      On a first deployment, where it comes right by itself; that is why the rule is off until you ask for it.
      """,
    cost: """
      Nothing to speak of: a rule takes seconds.
      """,
    falseAlarms: """
      Rules inside of a security group (`SecurityGroupIngress` of `AWS::EC2::SecurityGroup`) come with it. A rule that lets in
      another service is no need of this one where that other service waits for the rule itself. Groups that are given to the
      template are left alone, and so are rules for ports that the tasks do not listen on.
      """,
    sources: [
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html",
      "https://github.com/aws/aws-cdk/issues/29501",
    ])
}
