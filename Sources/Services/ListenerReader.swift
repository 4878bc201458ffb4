import Deployment
import Templates

/// Reads listeners, their rules and target groups, and what services put behind them.
struct ListenerReader {
  private let evaluator: Evaluator
  private let services: [Service]
  /// Those behind a target group, by its text; behind a classic load balancer, by its resource.
  private var members: [String: [ResourceID]] = [:]
  private(set) var listeners: [ResourceID: [LoadBalancers.Listener]] = [:]

  init(_ evaluator: Evaluator, _ services: [Service]) {
    self.evaluator = evaluator
    self.services = services
  }

  mutating func read() {
    for service in services { readMembership(of: service.id) }
    guard !members.isEmpty else { return }
    var rules: [String: [LoadBalancers.Rule]] = [:]
    var open: [ResourceID] = []
    for id in evaluator.group.resourceIDs(ofTypes: listenerTypes) {
      switch evaluator.group[id].type {
      case "AWS::ElasticLoadBalancingV2::ListenerRule": readRule(id, into: &rules)
      case "AWS::ElasticLoadBalancingV2::Listener": open.append(id)
      case "AWS::ElasticLoadBalancing::LoadBalancer": readClassic(id)
      default: break
      }
    }
    for id in open { readListener(id, &rules) }
    for (text, rules) in rules.sorted(by: { $0.key < $1.key }) {
      // The listener stands in a nested stack whose template is not there, and so does its load balancer.
      guard let (stack, _) = output(text) else { continue }
      listeners[stack, default: []].append(.init(rules: rules))
    }
  }

  // MARK: Services

  private mutating func readMembership(of id: ResourceID) {
    guard let list = evaluator.group[id].properties?["LoadBalancers"] else { return }
    for entry in evaluator.elements(of: list, in: id.stack) {
      let groups = [entry.value["TargetGroupArn"], entry.value["AdvancedConfiguration"]?["AlternateTargetGroupArn"]]
      for text in groups.compactMap(\.self).flatMap({ evaluator.texts(of: $0, in: id.stack) }) {
        members[text, default: []].append(id)
        guard let (stack, _) = output(text), let port = number(entry.value["ContainerPort"], id.stack) else { continue }
        // Target group and listener stand in a nested stack whose template is not there; most use the container's port.
        listeners[stack, default: []].append(.init(port: port, members: [id]))
      }
      for text in entry.value["LoadBalancerName"].map({ evaluator.texts(of: $0, in: id.stack) }) ?? [] {
        members[text, default: []].append(id)
      }
    }
  }

  // MARK: Listeners

  private mutating func readListener(_ id: ResourceID, _ rules: inout [String: [LoadBalancers.Rule]]) {
    let properties = evaluator.group[id].properties
    let own = [nil, "ListenerArn"].compactMap {
      rules.removeValue(forKey: text(evaluator.holes.scalar(for: .resource(id, attribute: $0))))
    }
    let listener = LoadBalancers.Listener(
      port: number(properties?["Port"], id.stack), members: targets(properties?["DefaultActions"], id.stack),
      rules: own.flatMap(\.self))
    guard let arn = properties?["LoadBalancerArn"] else { return }
    for text in evaluator.texts(of: arn, in: id.stack) {
      guard case .resource(let balancer, let attribute) = evaluator.holes.soleHole(in: text) else { continue }
      var listener = listener
      listener.output = attribute.flatMap { $0.hasPrefix("Outputs.") ? String($0.dropFirst("Outputs.".count)) : nil }
      listeners[balancer, default: []].append(listener)
    }
  }

  private func readRule(_ id: ResourceID, into rules: inout [String: [LoadBalancers.Rule]]) {
    guard let properties = evaluator.group[id].properties, let arn = properties["ListenerArn"] else { return }
    let conditions = properties["Conditions"].map { evaluator.elements(of: $0, in: id.stack) } ?? []
    let paths = conditions.flatMap { condition -> [String] in
      guard let field = condition.value["Field"], evaluator.text(of: field, in: id.stack) == "path-pattern" else {
        return []
      }
      let lists = [condition.value["Values"], condition.value["PathPatternConfig"]?["Values"]].compactMap(\.self)
      return lists.flatMap { evaluator.elements(of: $0, in: id.stack) }
        .flatMap { evaluator.texts(of: $0.value, in: id.stack) }
    }
    let rule = LoadBalancers.Rule(paths: paths, members: targets(properties["Actions"], id.stack))
    for text in evaluator.texts(of: arn, in: id.stack) { rules[text, default: []].append(rule) }
  }

  /// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancing-loadbalancer.html
  private mutating func readClassic(_ id: ResourceID) {
    let members = members[text(evaluator.holes.scalar(for: .resource(id, attribute: nil)))] ?? []
    guard !members.isEmpty, let list = evaluator.group[id].properties?["Listeners"] else { return }
    listeners[id] = evaluator.elements(of: list, in: id.stack).map {
      LoadBalancers.Listener(port: number($0.value["LoadBalancerPort"], id.stack), members: members)
    }
  }

  private func targets(_ actions: Node?, _ stack: Int) -> [ResourceID] {
    guard let actions else { return [] }
    return evaluator.elements(of: actions, in: stack).flatMap { action -> [ResourceID] in
      let groups = action.value["ForwardConfig"]?["TargetGroups"].map { evaluator.elements(of: $0, in: stack) } ?? []
      let arns = [action.value["TargetGroupArn"]] + groups.map { $0.value["TargetGroupArn"] }
      return arns.compactMap(\.self).flatMap { evaluator.texts(of: $0, in: stack) }.flatMap { members[$0] ?? [] }
    }
  }

  // MARK: Texts

  private func number(_ node: Node?, _ stack: Int) -> Int? {
    node.flatMap { evaluator.text(of: $0, in: stack) }.flatMap { Int($0) }
  }

  private func text(_ scalar: Unicode.Scalar) -> String { String(Character(scalar)) }

  /// The nested stack and its output that a text is, where the template of that stack is not there.
  private func output(_ text: String) -> (stack: ResourceID, output: String)? {
    guard case .resource(let id, let attribute?) = evaluator.holes.soleHole(in: text), attribute.hasPrefix("Outputs.")
    else {
      return nil
    }
    return (id, String(attribute.dropFirst("Outputs.".count)))
  }
}

private let listenerTypes = [
  "AWS::ElasticLoadBalancingV2::ListenerRule", "AWS::ElasticLoadBalancingV2::Listener",
  "AWS::ElasticLoadBalancing::LoadBalancer",
]
