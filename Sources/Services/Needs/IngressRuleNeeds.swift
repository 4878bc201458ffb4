import Deployment
import Templates

/// Rules of the service's security groups that are resources of their own, as the CDK makes them: what they let in is
/// kept out until they are there.
struct IngressRuleNeeds: NeedSource {
  private let table: ResourceTable
  /// By security group, each rule with the ports that it opens.
  private var rules: [ResourceID: [(provider: Need.Provider, ports: ClosedRange<Int>?)]] = [:]

  init(_ table: ResourceTable, _ services: [Service]) {
    self.table = table
    let ids = table.all("AWS::EC2::SecurityGroupIngress")
    guard !ids.isEmpty else { return }
    var members: [ResourceID: [ResourceID]] = [:]
    for service in services {
      for group in groups(of: service) { members[group.value, default: []].append(service.id) }
    }
    for id in ids {
      let properties = table.properties(of: id)
      let sources = table.targets(of: properties?["SourceSecurityGroupId"], in: id.stack)
      let clients = sources.flatMap { members[$0.value] ?? [] }
      for group in table.targets(of: properties?["GroupId"], in: id.stack) {
        var rule = table.provider(id, shownBy: properties?["GroupId"], when: group.premises)
        // A client that waits for the rule does not call before it is there.
        rule.substitutes = clients.filter { !(members[group.value] ?? []).contains($0) }
        rules[group.value, default: []].append((rule, ports(properties, id.stack)))
      }
    }
  }

  func needs(of service: Service) -> [Need] {
    guard !rules.isEmpty else { return [] }
    let providers = groups(of: service).flatMap { group in
      (rules[group.value] ?? []).filter { opens($0.ports, to: service) }.map { rule, _ in
        var rule = rule
        rule.ways = rule.ways.map { $0 + group.premises }
        return rule
      }
    }
    guard !providers.isEmpty, let list = groupList(of: service) else { return [] }
    return [
      Need(
        service: service, kind: .ingressRule, subject: nil, providers: providers, isMetByOne: false,
        spot: table.spot(of: list, service.id), ways: [[]])
    ]
  }

  /// The ports that a rule opens; `nil` for all of them, and where nobody knows.
  private func ports(_ rule: Node?, _ stack: Int) -> ClosedRange<Int>? {
    func number(_ key: String) -> Int? {
      let texts = table.texts(of: rule?[key], in: stack)
      return texts.count == 1 ? texts.first.flatMap { Int($0) } : nil
    }
    guard let first = number("FromPort"), let last = number("ToPort"), 0...last ~= first else { return nil }
    return first...last
  }

  /// Whether tasks of a service may listen on one of some ports.
  private func opens(_ ports: ClosedRange<Int>?, to service: Service) -> Bool {
    guard let ports, let task = service.taskDefinition else { return true }
    let listening = task.containers.flatMap { $0.ports.map(\.containerPort) }
    return listening.contains { $0.map(ports.contains) ?? true }
  }

  private func groups(of service: Service) -> [Conditional<ResourceID>] {
    table.targets(ofElements: groupList(of: service), in: service.id.stack)
  }

  private func groupList(of service: Service) -> Node? {
    table.properties(of: service.id)?["NetworkConfiguration"]?["AwsvpcConfiguration"]?["SecurityGroups"]
  }
}
