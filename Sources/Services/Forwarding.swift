package import Deployment
import Templates

/// What forwards to the target groups of a model's services: listeners and their rules, as far as the templates show them.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html
package struct Forwarding {
  /// A listener or a rule of one.
  package struct Forwarder {
    package let id: ResourceID
    /// The load balancers that it may belong to, where the templates make them.
    package let balancers: [ResourceID]
  }

  private let evaluator: Evaluator
  /// By target group.
  private var forwarders: [ResourceID: [Forwarder]] = [:]

  package init(_ model: ServiceModel) {
    evaluator = Evaluator(model.group)
    let group = model.group
    for id in group.resourceIDs {
      let properties = group[id].properties
      switch group[id].type {
      case "AWS::ElasticLoadBalancingV2::Listener":
        add(id, properties?["DefaultActions"], balancers(of: id))
      case "AWS::ElasticLoadBalancingV2::ListenerRule":
        add(id, properties?["Actions"], resources(properties?["ListenerArn"], id.stack).flatMap(balancers))
      default: break
      }
    }
  }

  package func forwarders(to targetGroup: ResourceID) -> [Forwarder] { forwarders[targetGroup] ?? [] }

  /// The target groups that a service registers its tasks with, where the templates make them.
  package func targetGroups(of service: ResourceID) -> [ResourceID] {
    var seen: Set<ResourceID> = []
    return entries(of: service).flatMap { entry in
      let groups = [entry["TargetGroupArn"], entry["AdvancedConfiguration"]?["AlternateTargetGroupArn"]]
      return groups.flatMap { resources($0, service.stack) }
    }
    .filter { seen.insert($0).inserted }
  }

  /// Whether a service surely stands behind no load balancer.
  package func hasNone(_ service: ResourceID) -> Bool {
    guard evaluator.group.template(of: service).hiddenParts.isEmpty else { return false }
    guard let list = evaluator.group[service].properties?["LoadBalancers"] else { return true }
    return list.kind == .sequence && entries(of: service).isEmpty
  }

  private func entries(of service: ResourceID) -> [Node] {
    evaluator.group[service].properties?["LoadBalancers"]
      .map { evaluator.elements(of: $0, in: service.stack).map(\.value) } ?? []
  }

  private mutating func add(_ id: ResourceID, _ actions: Node?, _ balancers: [ResourceID]) {
    let groups = actions.map { evaluator.elements(of: $0, in: id.stack) }?.flatMap { action -> [Node?] in
      let weighted = action.value["ForwardConfig"]?["TargetGroups"].map { evaluator.elements(of: $0, in: id.stack) }
      return [action.value["TargetGroupArn"]] + (weighted ?? []).map { $0.value["TargetGroupArn"] }
    }
    for group in Set((groups ?? []).flatMap { resources($0, id.stack) }) {
      forwarders[group, default: []].append(Forwarder(id: id, balancers: balancers))
    }
  }

  private func balancers(of listener: ResourceID) -> [ResourceID] {
    resources(evaluator.group[listener].properties?["LoadBalancerArn"], listener.stack)
  }

  /// The resources that a value may stand for.
  private func resources(_ node: Node?, _ stack: Int) -> [ResourceID] {
    (node.map { evaluator.texts(of: $0, in: stack) } ?? []).compactMap { text in
      if case .resource(let id, _) = evaluator.holes.soleHole(in: text) { id } else { nil }
    }
  }
}
