import Diagnostics
import Services

/// A client that waits for its server only through `Ref`, `Fn::GetAtt` or `Fn::Sub`: since 2024 CloudFormation may go on
/// before what is reached that way is stable. Whether it does so for ECS services is not known, hence a notice.
///
/// https://aws.amazon.com/about-aws/whats-new/2024/03/aws-cloudformation-40-percent-faster-stack-creation/
struct ImplicitOrder: Rule {
  static let description = RuleDescription(
    id: "implicit-order", severity: .notice, group: .order,
    summary: "a client that waits for its server, but on no path whose last step into the server is DependsOn")

  func check(_ change: Change) -> [Diagnostic] {
    change.pairs.filter { $0.fault == .implicit }.map { pair in
      let notes = PairNotes(pair: pair)
      let path = change.new.order.path(from: pair.client.id, to: pair.server.id)
      let steps = WaitNotes(path: path, template: change.new.group.template(of: pair.client.id)).notes
      return Diagnostic(
        rule: Self.description.id, severity: .notice, .mayGoOn(pair), at: pair.client.location,
        service: pair.client.logicalID, construct: pair.client.constructPath,
        notes: notes.evidence + steps,
        fix: path.count == 1
          ? Fix(summary: "\(Diagnostic.Message.exempt(pair))")
          // Nothing is known to be wrong, so that nothing is edited.
          : Fix(summary: OrderFix(change: change, pair: pair).fix.summary),
        identity: pair.identity)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func mayGoOn(_ pair: Pair) -> Self {
    """
    \(pair.client.logicalID) waits for \(pair.server.logicalID) only by reference: CloudFormation may go on before \
    \(pair.server.logicalID) is stable and \(pair.endpoint.display) is published
    """
  }

  /// A DependsOn beside a direct reference is what cfn-lint calls superfluous.
  fileprivate static func exempt(_ pair: Pair) -> Self {
    """
    nothing to do unless you see it fail; then add `DependsOn: \(pair.server.logicalID)` to \(pair.client.logicalID), and exempt it from \
    cfn-lint's W3005: `Metadata: {cfn-lint: {config: {ignore_checks: [W3005]}}}`
    """
  }
}

extension ImplicitOrder {
  static let manual = RuleManual(
    finds: """
      A client that waits for its server, but on no path whose last step into the server is `DependsOn`: the server is
      reached by `Ref`, `Fn::GetAtt` or `Fn::Sub` alone, often by way of the client's task definition. The notes show the
      place that names the endpoint and each step of the shortest path.
      """,
    effect: """
      Since March 2024 CloudFormation, when it creates a stack, starts what depends on a resource as soon as that is
      `CONFIGURATION_COMPLETE`, before it is stable. For `DependsOn` it is said to wait for the stable state as before; a
      report about a network load balancer fits that. Whether ECS services are among the types that get there early is
      *not known*. If they are, the client's deployment may begin before the endpoint is there, with the errors that
      [client-before-server](client-before-server.md) tells.
      """,
    example: .template(
      """
       Resources:
         ApiTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - {Name: api, Image: "api:1", PortMappings: [{Name: api, ContainerPort: 8080}]}
         Api:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref ApiTask
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: shop
               Services: [{PortName: api, ClientAliases: [{DnsName: api, Port: 80}]}]
         WebTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - Name: web
                 Image: web:1
                 Environment:
                   - {Name: API_URL, Value: "http://api"}
                   - {Name: API_SERVICE, Value: !GetAtt Api.Name}
         Web:
           Type: AWS::ECS::Service
      +    DependsOn: [Api]
           Properties:
             TaskDefinition: !Ref WebTask
             ServiceConnectConfiguration: {Enabled: true, Namespace: shop}
      """),
    cdk: """
      ```ts
      (web.node.defaultChild as ecs.CfnService).addDependency(api.node.defaultChild as ecs.CfnService);
      ```
      """,
    urgency: """
      Most likely not, hence a *notice*: nobody has reported it for ECS services. If a first deployment fails now and
      then although a reference orders the two, this is the first place to look.
      """,
    cost: """
      Nothing where the reference makes the client wait for the stable server anyway. Where the client itself has a
      direct `Ref` or `Fn::GetAtt` to the server, cfn-lint calls a `DependsOn` beside it superfluous (W3005); then no
      fix is proposed, and the text says how to exempt the resource.
      """,
    falseAlarms: """
      A path that ends in `DependsOn` silences the rule, also when a shorter one by reference stands beside it, and
      whatever lies on the way. References without a connection, such as the name of a service in a tag, say nothing. If
      references are order enough for you, switch the rule off.
      """,
    sources: [
      "https://aws.amazon.com/about-aws/whats-new/2024/03/aws-cloudformation-40-percent-faster-stack-creation/",
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-resource-configuration-complete.html",
      "https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1951",
    ])
}
