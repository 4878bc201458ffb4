import Deployment
import Diagnostics
import Templates

/// Security groups as evidence: a rule that lets the group of one service reach the very port of another's endpoint.
/// Medium evidence of a call at best, since rules are often wider than what is used.
struct Topology {
  /// A rule for one port.
  private struct Ingress {
    let source: String
    let port: Int
    let location: Location
  }

  private let evaluator: Evaluator
  /// The groups of each service, by the text of a reference.
  private var groups: [ResourceID: [String]] = [:]
  private var members: [String: [ResourceID]] = [:]
  private var ingress: [String: [Ingress]] = [:]

  init(_ evaluator: Evaluator, _ services: [Service]) {
    self.evaluator = evaluator
    // Only what is in Service Connect is compared.
    for service in services where service.connect != nil {
      let network = evaluator.group[service.id].properties?["NetworkConfiguration"]?["AwsvpcConfiguration"]
      for element in network?["SecurityGroups"].map({ evaluator.elements(of: $0, in: service.id.stack) }) ?? [] {
        for text in texts(element.value, service.id.stack) {
          groups[service.id, default: []].append(text)
          members[text, default: []].append(service.id)
        }
      }
    }
    guard !members.isEmpty else { return }
    for id in evaluator.group.resourceIDs { readRules(id) }
  }

  /// The clients that rules let reach an endpoint, with the rule for each.
  func clients(of endpoint: Endpoint) -> [(client: ResourceID, location: Location)] {
    guard let port = endpoint.ingressPort else { return [] }
    let own = groups[endpoint.server] ?? []
    return own.flatMap { group in
      (ingress[group] ?? []).filter { $0.port == port && !own.contains($0.source) }.flatMap { rule in
        (members[rule.source] ?? []).filter { $0 != endpoint.server }.map { ($0, rule.location) }
      }
    }
  }

  private mutating func readRules(_ id: ResourceID) {
    let resource = evaluator.group[id]
    switch resource.type {
    case "AWS::EC2::SecurityGroup":
      guard let rules = resource.properties?["SecurityGroupIngress"] else { return }
      let group = Topology.text(evaluator.holes.scalar(for: .resource(id, attribute: nil)))
      for rule in evaluator.elements(of: rules, in: id.stack) { read(rule.value, [group], id.stack) }
    case "AWS::EC2::SecurityGroupIngress":
      guard let rule = resource.properties, let group = rule["GroupId"] else { return }
      read(rule, texts(group, id.stack), id.stack)
    default: return
    }
  }

  private mutating func read(_ rule: Node, _ targets: [String], _ stack: Int) {
    func number(_ key: String) -> Int? {
      rule[key].flatMap { evaluator.text(of: $0, in: stack) }.flatMap { Int($0) }
    }
    guard let source = rule["SourceSecurityGroupId"], let port = number("FromPort"), number("ToPort") ?? port == port
    else { return }
    let location = evaluator.group.stacks[stack].template.location(of: source)
    for target in targets {
      for source in texts(source, stack) {
        ingress[target, default: []].append(Ingress(source: source, port: port, location: location))
      }
    }
  }

  /// References to a group, all spelled as `Ref`: `Fn::GetAtt GroupId` means the same.
  private func texts(_ node: Node, _ stack: Int) -> [String] {
    evaluator.texts(of: node, in: stack).map { text in
      guard case .resource(let id, "GroupId") = evaluator.holes.soleHole(in: text) else { return text }
      return Topology.text(evaluator.holes.scalar(for: .resource(id, attribute: nil)))
    }
  }

  private static func text(_ scalar: Unicode.Scalar) -> String { String(Character(scalar)) }
}
