import Deployment
import Diagnostics
import Services

/// A scalable target that CloudFormation may make before its service, or a scaling policy before its target.
///
/// https://docs.aws.amazon.com/autoscaling/application/userguide/services-that-can-integrate-ecs.html
struct ScalingTargetOrder: Rule {
  static let description = RuleDescription(
    id: "scaling-target-order", severity: .error, group: .startup,
    summary: "a scalable target or scaling policy that may come before what it scales")

  func check(_ change: Change) -> [Diagnostic] {
    let needs = ScalingNeed.all(in: change.new)
    guard !needs.isEmpty else { return [] }
    var waits = Waits(change.new.order)
    return needs.compactMap { need -> Diagnostic? in
      let premise = waits.conditions.formula(need.premises)
      let service = change.new[need.service]
      guard let (relation, missing) = waits.relation(of: need.id, to: need.needed, when: premise),
        [.none, .reversed].contains(relation),
        change.affected.contains(service.name) || change.former.differs(need.id) || change.former.differs(need.needed)
      else { return nil }
      return diagnostic(
        need, waits.conditions.circumstances(of: missing), isThere: change.former.former(need.needed) != nil, change)
    }
  }

  private func diagnostic(
    _ need: ScalingNeed, _ circumstances: String, isThere: Bool, _ change: Change
  ) -> Diagnostic {
    let holder = Holder(need.id, in: change)
    let needed = change.new.group[need.needed].logicalID
    return Diagnostic(
      rule: Self.description.id, severity: isThere ? .warning : .error,
      .mayComeBefore(holder.resource.logicalID, needed, need, circumstances, isThere: isThere), at: holder.location,
      service: holder.service, construct: holder.construct,
      notes: [
        .init(.named(needed), at: need.location),
        .init(.declared(needed), at: change.new.group.location(of: need.needed)),
      ], fix: WaitFix(from: need.id, to: need.needed, change).fix, identity: holder.identity + [needed])
  }
}

extension Diagnostic.Message {
  fileprivate static func mayComeBefore(
    _ id: String, _ needed: String, _ need: ScalingNeed, _ circumstances: String, isThere: Bool
  ) -> Self {
    let failure =
      need.needed == need.service
      ? "Application Auto Scaling refuses it with \"ECS service doesn't exist\""
      : "Application Auto Scaling refuses it with \"ObjectNotFoundException: No scalable target registered\""
    var text = "\(id) may be made before \(needed): \(failure), and the deployment fails"
    if !circumstances.isEmpty { text += "; nothing orders the two where \(circumstances)" }
    if isThere {
      text += "; this update is safe because \(needed) is already there, a first deployment elsewhere is not"
    }
    return "\(text)"
  }

  fileprivate static func named(_ needed: String) -> Self { "a text names \(needed) here, which orders nothing" }

  fileprivate static func declared(_ needed: String) -> Self { "\(needed) is declared here" }
}

extension ScalingTargetOrder {
  static let manual = RuleManual(
    finds: """
      A scalable target of Application Auto Scaling whose `ResourceId` (`service/<cluster>/<service>`) is built from the
      name of a service of the same template, or a scaling policy whose `ResourceId` is that of a target of the same
      template, where nothing makes CloudFormation make that service or target first. `Ref` of the target and
      `Fn::GetAtt` of the service's `Name` order the two by themselves; a name that is written out, or built from the same
      parameter on both sides, does not.
      """,
    effect: """
      CloudFormation makes both at the same time. If the target is quicker than the service, registering it fails with
      `ECS service doesn't exist`; if a policy is quicker than the target, with `ObjectNotFoundException: No scalable
      target registered for service namespace: ecs, resource ID: service/…`. The stack rolls back. A service counts as
      made only when its tasks run, so the target nearly always comes first.
      """,
    example: .template(
      """
       Parameters:
         ServiceName: {Type: String, Default: web}
       Resources:
         Cluster:
           Type: AWS::ECS::Cluster
           Properties: {ClusterName: shop}
         WebTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             ContainerDefinitions:
               - {Name: web, Image: nginx:1.27, Memory: 256}
         Web:
           Type: AWS::ECS::Service
           Properties:
             Cluster: !Ref Cluster
             ServiceName: !Ref ServiceName
             TaskDefinition: !Ref WebTask
         WebScaling:
           Type: AWS::ApplicationAutoScaling::ScalableTarget
           Properties:
             ServiceNamespace: ecs
             ScalableDimension: ecs:service:DesiredCount
      -      ResourceId: !Sub service/shop/${ServiceName}
      +      ResourceId: !Sub service/shop/${Web.Name}
             MinCapacity: 1
             MaxCapacity: 4
      """),
    cdk: """
      `service.autoScaleTaskCount(…)` orders the two by itself. With a target of your own take the name from the service,
      `service.serviceName`, instead of writing it out, or

      ```ts
      (target.node.defaultChild as CfnResource).addDependency(service.node.defaultChild as CfnResource);
      ```
      """,
    urgency: """
      Yes, when the service or target that must come first is new in the change: an *error*. If it was there before, this
      update finds it, and only a first deployment elsewhere runs into it: a *warning*.
      """,
    cost: """
      The target is made when the service is stable, which is when it can do something for the first time.
      """,
    falseAlarms: """
      Names are compared as CloudFormation will see them, cluster and service both: a target for a service of another
      cluster, or of which a part is not known, is not reported, nor is one whose service stands in another template. The
      text of the error for a missing service is from users of other tools; that of CloudFormation may word it otherwise.
      """,
    sources: [
      "https://docs.aws.amazon.com/autoscaling/application/userguide/services-that-can-integrate-ecs.html",
      "https://github.com/cloudposse/terraform-aws-ecs-cloudwatch-autoscaling/pull/36",
      "https://github.com/stroeer/terraform-aws-ecs-fargate/pull/104",
      "https://github.com/aws/copilot-cli/issues/3342",
      "https://github.com/spinnaker/spinnaker/issues/4371",
    ])
}
