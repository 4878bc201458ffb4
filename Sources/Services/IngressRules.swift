import Deployment
import Diagnostics
import Templates

/// The rules of security groups that let somebody in, by the text of a reference to the group.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupingress.html
struct IngressRules {
  struct Rule {
    let source: Source
    /// `nil` for all ports, or where the template does not tell them.
    let ports: ClosedRange<Int>?
    /// Where the source stands, else the rule.
    let spot: Spot
  }

  enum Source: Hashable {
    /// A security group, by the text of a reference.
    case group(String)
    /// Addresses, prefix lists, or what nobody knows.
    case other
  }

  private var rules: [String: [Rule]] = [:]
  /// Groups of which the template does not tell all rules.
  private(set) var open: Set<String> = []

  init() {}

  init(_ evaluator: Evaluator) {
    for id in evaluator.group.resourceIDs {
      let resource = evaluator.group[id]
      switch resource.type {
      case "AWS::EC2::SecurityGroup":
        guard let list = resource.properties?["SecurityGroupIngress"] else { continue }
        let group = evaluator.securityGroup(id)
        for branch in evaluator.branches(of: list, in: id.stack) where branch.value.kind != .sequence {
          open.insert(group)
        }
        for rule in evaluator.elements(of: list, in: id.stack) { read(rule.value, [group], id.stack, evaluator) }
      case "AWS::EC2::SecurityGroupIngress":
        guard let rule = resource.properties, let group = rule["GroupId"] else { continue }
        read(rule, evaluator.securityGroups(group, in: id.stack), id.stack, evaluator)
      default: continue
      }
    }
  }

  subscript(group: String) -> [Rule] { rules[group] ?? [] }

  private mutating func read(_ rule: Node, _ groups: [String], _ stack: Int, _ evaluator: Evaluator) {
    func text(_ key: String) -> String? { rule[key].flatMap { evaluator.text(of: $0, in: stack) } }

    // 6 is TCP, -1 every protocol; a number that is not told may be either.
    if let name = text("IpProtocol")?.lowercased(), !HoleTable.hasHole(name), !["tcp", "6", "-1", "all"].contains(name)
    {
      return
    }
    var ports: ClosedRange<Int>?
    if text("IpProtocol") != "-1", let from = text("FromPort").flatMap({ Int($0) }) {
      let to = rule["ToPort"] == nil ? from : text("ToPort").flatMap { Int($0) }
      if let to, from >= 0, to >= from { ports = from...to }
    }
    let template = evaluator.group.stacks[stack].template
    let source = rule["SourceSecurityGroupId"]
    let spot = template.spot(of: source ?? rule)
    let sources =
      source.map { evaluator.securityGroups($0, in: stack).map { Source.group($0) } }.flatMap { $0.isEmpty ? nil : $0 }
      ?? [.other]
    for group in groups {
      for source in sources { rules[group, default: []].append(Rule(source: source, ports: ports, spot: spot)) }
    }
  }
}

extension Evaluator {
  /// The groups of a service in a network of its own, each with what it may be; empty when the template does not tell.
  func securityGroups(of service: ResourceID) -> [[String]] {
    let network = group[service].properties?["NetworkConfiguration"]?["AwsvpcConfiguration"]
    return (network?["SecurityGroups"].map { elements(of: $0, in: service.stack) } ?? []).map { element in
      securityGroups(element.value, in: service.stack)
    }
  }

  /// References to a group, all spelled as `Ref`: `Fn::GetAtt GroupId` means the same.
  func securityGroups(_ node: Node, in stack: Int) -> [String] {
    texts(of: node, in: stack).map { text in
      guard case .resource(let id, "GroupId") = holes.soleHole(in: text) else { return text }
      return securityGroup(id)
    }
  }

  func securityGroup(_ id: ResourceID) -> String { String(Character(holes.scalar(for: .resource(id, attribute: nil)))) }
}
