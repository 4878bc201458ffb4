import Deployment
import Templates

/// Target groups that a service registers with: ECS takes none that no load balancer forwards to yet.
///
/// https://github.com/aws/aws-cdk/issues/1160
struct ListenerNeeds: NeedSource {
  private let table: ResourceTable
  /// By target group the listeners and rules that forward to it.
  private var forwarders: [ResourceID: [Need.Provider]] = [:]

  init(_ table: ResourceTable) {
    self.table = table
    let prefix = "AWS::ElasticLoadBalancingV2::"
    for (types, key) in [("\(prefix)Listener", "DefaultActions"), ("\(prefix)ListenerRule", "Actions")] {
      for id in table.all(types) { readActions(table.properties(of: id)?[key], id) }
    }
  }

  /// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-elasticloadbalancingv2-listener-action.html
  private mutating func readActions(_ actions: Node?, _ id: ResourceID) {
    for action in table.elements(of: actions, in: id.stack) {
      let weighted = (action.value["ForwardConfig"].map { table.evaluator.branches(of: $0, in: id.stack) } ?? [])
        .flatMap { forward in
          table.elements(of: forward.value["TargetGroups"], in: id.stack).map { $0.adding(forward.premises) }
        }
      for entry in [Conditional(action.value)] + weighted {
        guard let arn = entry.value["TargetGroupArn"] else { continue }
        for target in table.targets(of: arn, in: id.stack) {
          let premises = action.premises + entry.premises + target.premises
          forwarders[target.value, default: []].append(table.provider(id, shownBy: arn, when: premises))
        }
      }
    }
  }

  func needs(of service: Service) -> [Need] {
    let list = table.properties(of: service.id)?["LoadBalancers"]
    return table.elements(of: list, in: service.id.stack).flatMap { entry -> [Need] in
      guard let arn = entry.value["TargetGroupArn"] else { return [] }
      return table.targets(of: arn, in: service.id.stack).compactMap { target in
        // What forwards to it may stand in a template that is not here.
        guard let providers = forwarders[target.value] else { return nil }
        return Need(
          service: service, kind: .listener, subject: table.group[target.value].logicalID, providers: providers,
          isMetByOne: true, spot: table.spot(of: arn, service.id), ways: [entry.premises + target.premises])
      }
    }
  }
}
