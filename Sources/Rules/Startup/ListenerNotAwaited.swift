import Diagnostics
import Services

/// A service behind a target group that may be created before the listener that forwards to it. ECS refuses a target
/// group that belongs to no load balancer.
///
/// https://github.com/aws/aws-cdk/issues/1160
struct ListenerNotAwaited: NeedRule {
  static let kind = Need.Kind.listener
  static let description = RuleDescription(
    id: "listener-not-awaited", severity: .error, group: .startup,
    summary: "a target group whose forwarding listener or rule the service does not wait for")

  func check(_ change: Change) -> [Diagnostic] {
    NeedDiagnostics(change, for: self).all { unmet in
      .init(
        message: .hasNoLoadBalancer(unmet), uses: .registers(unmet.need), gives: { .forwards($0, unmet.need) },
        cdk: .wait)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func hasNoLoadBalancer(_ unmet: UnmetNeed) -> Self {
    let service = unmet.need.service.logicalID
    let group = unmet.need.subject ?? ""
    return """
      \(service) may be created before \(unmet.names), which \(unmet.missing.count == 1 ? "forwards" : "forward") to its \
      target group \(group): ECS then refuses it with "The target group with targetGroupArn … does not have an associated \
      load balancer"
      """
  }

  fileprivate static func registers(_ need: Need) -> Self {
    "\(need.service.logicalID) registers with \(need.subject ?? "") here"
  }

  fileprivate static func forwards(_ provider: Need.Provider, _ need: Need) -> Self {
    "\(provider.name) forwards to \(need.subject ?? "") here"
  }
}

extension AppCode {
  fileprivate static let wait: Self = "service.node.defaultChild!.node.addDependency(listener)"
}

extension ListenerNotAwaited {
  static let manual = RuleManual(
    finds: """
      A service that registers its tasks with a target group of the same template (`LoadBalancers`), and does not wait for
      a listener or listener rule that forwards to that target group. Listeners and rules are found by their actions:
      `forward` with one target group or with several weighted ones. One of them is enough, as long as it is there and
      forwards in every deployment that has the service: a listener that only redirects once a certificate is given counts
      only where none is.
      """,
    effect: """
      CloudFormation creates the service and the listener at the same time. If ECS is asked first, it refuses the service,
      and the stack is rolled back: `The target group with targetGroupArn … does not have an associated load balancer.
      (Service: AmazonECS; Status Code: 400; Error Code: InvalidParameterException …)`. A `DependsOn` on the load balancer
      itself does not help, since only the listener ties the target group to it.
      """,
    example: .template(
      """
       Parameters:
         Subnets: {Type: "List<AWS::EC2::Subnet::Id>"}
         Network: {Type: "AWS::EC2::VPC::Id"}
       Resources:
         LoadBalancer:
           Type: AWS::ElasticLoadBalancingV2::LoadBalancer
           Properties: {Subnets: !Ref Subnets}
         TargetGroup:
           Type: AWS::ElasticLoadBalancingV2::TargetGroup
           Properties: {Port: 80, Protocol: HTTP, TargetType: ip, VpcId: !Ref Network}
         Listener:
           Type: AWS::ElasticLoadBalancingV2::Listener
           Properties:
             LoadBalancerArn: !Ref LoadBalancer
             Port: 80
             Protocol: HTTP
             DefaultActions: [{Type: forward, TargetGroupArn: !Ref TargetGroup}]
         Task:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - {Name: web, Image: "nginx:1.27", PortMappings: [{ContainerPort: 80}]}
         Web:
           Type: AWS::ECS::Service
      -    DependsOn: [LoadBalancer]
      +    DependsOn: [LoadBalancer, Listener]
           Properties:
             TaskDefinition: !Ref Task
             LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref TargetGroup}]
      """),
    cdk: """
      The CDK lets a service wait for its listener by itself, except where an action is added after the service was
      registered. With your variables:

      ```ts
      service.node.defaultChild!.node.addDependency(listener);
      ```

      On `defaultChild` only the `CfnService` waits, and not the security groups of the service with it.
      """,
    urgency: """
      Yes, where the service is created by the deployment: it fails or not depending on which of the two is quicker. On an
      update of a stack that has the service already the listener is there, and only a first deployment elsewhere runs
      into it.
      """,
    cost: """
      Nothing to speak of: a listener is there in seconds once its load balancer is, and the service cannot do without it.
      """,
    falseAlarms: """
      A target group that is given to the template or imported is left alone, since its listener stands elsewhere; so is
      one that nothing in the template forwards to, and one whose listener belongs to another stack. Two services of which
      never more than one exists each need only the listener of their own case. A path counts as waiting whatever it leads
      through, also a reference in `Metadata` inside of `Fn::If`, which waits for a listener only where it exists.
      """,
    sources: [
      "https://github.com/aws/aws-cdk/issues/1160",
      "https://github.com/aws/aws-cdk/issues/34290",
      "https://github.com/aws-samples/ecs-refarch-cloudformation/pull/5",
      "https://github.com/aws-solutions-library-samples/guidance-for-claude-code-with-amazon-bedrock/issues/122",
    ])
}
