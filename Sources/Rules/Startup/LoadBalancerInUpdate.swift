import Deployment
import Diagnostics
import Services

/// A load balancer that an update puts before a service, or replaces, in a way that is known to fail.
///
/// https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1868
struct LoadBalancerInUpdate: Rule {
  static let description = RuleDescription(
    id: "load-balancer-in-update", severity: .notice, group: .startup,
    summary: "a load balancer attached or replaced in an update in a way that fails", needsOldSide: true)

  func check(_ change: Change) -> [Diagnostic] {
    guard let old = change.old, !old.services.isEmpty else { return [] }
    let sides = (old: Forwarding(old), new: Forwarding(change.new))
    return change.new.services.flatMap { service -> [Diagnostic] in
      guard let before = old[service.name] else { return [] }
      let groups = sides.new.targetGroups(of: service.id)
      // A service that is replaced is made, which waits as it says.
      if sides.old.hasNone(before.id), change.updates.update(of: service) != .replacement {
        return groups.compactMap { attached($0, to: service, change, sides) }
      }
      return groups.compactMap { moved($0, before: service, change, sides) }
    }
  }

  private typealias Sides = (old: Forwarding, new: Forwarding)

  /// A target group that gets its listener in the update in which the service gets it.
  private func attached(
    _ group: ResourceID, to service: Service, _ change: Change, _ sides: Sides
  ) -> Diagnostic? {
    let earlier = change.former.former(group).map(sides.old.forwarders) ?? []
    guard earlier.isEmpty, let forwarder = sides.new.forwarders(to: group).first else { return nil }
    let names = change.new.group
    return diagnostic(
      service, group, .attached(service, names[group].logicalID, names[forwarder.id].logicalID), change,
      notes: [.init(.forwards(names[group].logicalID), at: names.location(of: forwarder.id))],
      fix: .twoUpdates(service, names[group].logicalID, names[forwarder.id].logicalID))
  }

  /// A target group that stays as it is while another load balancer takes it.
  private func moved(
    _ group: ResourceID, before service: Service, _ change: Change, _ sides: Sides
  ) -> Diagnostic? {
    guard let groupBefore = change.former.former(group),
      change.former.changedProperties(of: group).isDisjoint(with: createOnly.targetGroup)
    else { return nil }
    let earlier = Set(sides.old.forwarders(to: groupBefore).flatMap(\.balancers))
    guard let balancerBefore = earlier.min() else { return nil }
    for forwarder in sides.new.forwarders(to: group) {
      for balancer in forwarder.balancers {
        let replacing = change.former.changedProperties(of: balancer).intersection(createOnly.balancer).sorted()
        let stays = change.former.former(balancer).map(earlier.contains) ?? false
        if stays, replacing.isEmpty { continue }
        let name = change.new.group[balancer].logicalID
        let cause = stays ? Cause.replaced(replacing) : .moved(from: oldName(balancerBefore, change))
        return diagnostic(
          service, group, .moved(change.new.group[group].logicalID, to: name, cause), change,
          notes: [.init(.balancer(name), at: change.new.group.location(of: balancer))],
          fix: .replaceBoth(change.new.group[group].logicalID))
      }
    }
    return nil
  }

  private func oldName(_ id: ResourceID, _ change: Change) -> String { change.old?.group[id].logicalID ?? "" }

  private func diagnostic(
    _ service: Service, _ group: ResourceID, _ message: Diagnostic.Message, _ change: Change,
    notes: [Diagnostic.Note], fix: Diagnostic.Message
  ) -> Diagnostic {
    Diagnostic(
      rule: Self.description.id, severity: .notice, message, at: service.location, service: service.logicalID,
      construct: service.constructPath, notes: notes, fix: Fix(summary: "\(fix)"),
      identity: [service.name.path.description, service.logicalID, change.new.group[group].logicalID])
  }
}

/// Why a target group gets another load balancer.
private enum Cause {
  case replaced([String])
  case moved(from: String)
}

/// Properties that CloudFormation cannot change without another resource, by the schemas of the two types.
private let createOnly: (balancer: Set<String>, targetGroup: Set<String>) = (
  ["Name", "Type", "Scheme"], ["Name", "Port", "Protocol", "ProtocolVersion", "TargetType", "VpcId", "IpAddressType"]
)

extension Diagnostic.Message {
  fileprivate static func attached(_ service: Service, _ group: String, _ forwarder: String) -> Self {
    """
    \(service.logicalID) gets \(group) in the same update as \(forwarder), which is known to fail even with DependsOn: The \
    target group does not have an associated load balancer
    """
  }

  fileprivate static func moved(_ group: String, to balancer: String, _ cause: Cause) -> Self {
    let what =
      switch cause {
      case .replaced(let properties):
        "\(balancer) is replaced (\(properties.joined(separator: ", ")) changed) and \(group) is not"
      case .moved(let before): "\(group) moves from \(before) to \(balancer)"
      }
    return """
      \(what): CloudFormation makes the new listener while the old one holds the group, and fails with The following \
      target groups cannot be associated with more than one load balancer
      """
  }

  fileprivate static func forwards(_ group: String) -> Self { "what forwards to \(group) is new here" }

  fileprivate static func balancer(_ name: String) -> Self { "\(name) is declared here" }

  fileprivate static func twoUpdates(_ service: Service, _ group: String, _ forwarder: String) -> Self {
    "go in two updates: first \(group) and \(forwarder), then LoadBalancers of \(service.logicalID)"
  }

  fileprivate static func replaceBoth(_ group: String) -> Self {
    """
    let \(group) be replaced too: give it another logical ID and no Name or another one, or derive its Name from that of \
    the load balancer
    """
  }
}

extension LoadBalancerInUpdate {
  static let manual = RuleManual(
    finds: """
      A service of the old side without `LoadBalancers` that gets a target group which the same change puts behind a
      listener or rule; or a target group of a service that stays as it is while its load balancer is replaced (`Name`,
      `Scheme` or `Type` changed) or another load balancer of the templates takes it.
      """,
    effect: """
      Attaching in an update fails with `The target group with targetGroupArn … does not have an associated load
      balancer`, although the service waits for the listener rule; a user reported this with `DependsOn` in place, and why
      is not known. A replaced load balancer fails with `The following target groups cannot be associated with more than
      one load balancer`: its listeners are replaced with it, and CloudFormation makes the new ones before it deletes the
      old ones, which still hold the target group. Either way the update is rolled back.
      """,
    example: .template(
      """
       Resources:
         Balancer:
           Type: AWS::ElasticLoadBalancingV2::LoadBalancer
           Properties: {Scheme: internal, Subnets: [subnet-0a, subnet-0b]}
      -  Targets:
      +  InternalTargets:
           Type: AWS::ElasticLoadBalancingV2::TargetGroup
           Properties: {Port: 80, Protocol: HTTP, VpcId: vpc-0a, TargetType: ip}
         Listener:
           Type: AWS::ElasticLoadBalancingV2::Listener
           Properties:
             LoadBalancerArn: !Ref Balancer
             Port: 80
             Protocol: HTTP
      -      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]
      +      DefaultActions: [{Type: forward, TargetGroupArn: !Ref InternalTargets}]
         Task:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions: [{Name: web, Image: nginx:1.27, PortMappings: [{ContainerPort: 80}]}]
         Web:
           Type: AWS::ECS::Service
           DependsOn: Listener
           Properties:
             TaskDefinition: !Ref Task
      -      LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Targets}]
      +      LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref InternalTargets}]
      """,
      since: """
        Resources:
          Balancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties: {Scheme: internet-facing, Subnets: [subnet-0a, subnet-0b]}
          Targets:
            Type: AWS::ElasticLoadBalancingV2::TargetGroup
            Properties: {Port: 80, Protocol: HTTP, VpcId: vpc-0a, TargetType: ip}
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              LoadBalancerArn: !Ref Balancer
              Port: 80
              Protocol: HTTP
              DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]
          Task:
            Type: AWS::ECS::TaskDefinition
            Properties:
              NetworkMode: awsvpc
              ContainerDefinitions: [{Name: web, Image: nginx:1.27, PortMappings: [{ContainerPort: 80}]}]
          Web:
            Type: AWS::ECS::Service
            DependsOn: Listener
            Properties:
              TaskDefinition: !Ref Task
              LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Targets}]
        """),
    urgency: """
      Yes: it is about this update alone, and speaks only where there is an old side. A first deployment of the same
      template works. It is a *notice* because the first kind has been reported once and may have been mended since.
      """,
    cost: """
      Two updates instead of one; or a new target group, which is empty until the tasks have registered, so that the load
      balancer answers with 503 until then.
      """,
    falseAlarms: """
      A target group that was behind a listener before is no fault to attach, nor one whose listener stands in another
      template. A replaced service is a new one, for which `DependsOn` works. Other changes of a load balancer (subnets,
      security groups, attributes) do not replace it. What a parameter without a default names is not compared.
      """,
    sources: [
      "https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1868",
      "https://github.com/aws-solutions-library-samples/guidance-for-claude-code-with-amazon-bedrock/pull/643",
      "https://github.com/aws/aws-cdk/issues/15233",
    ])
}
