package import Deployment
import Templates

/// Security groups that keep the tasks of a client from the port of an endpoint: no rule of the server's groups names one
/// of the client's.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html
package struct Refusal: Sendable {
  /// The groups of the client that the template creates.
  package let client: [ResourceID]
  package let server: [ResourceID]
  /// Whether nobody outside of what was read is given a group of the server to add rules to.
  package let isComplete: Bool
}

/// Finds refusals in one model.
package struct RefusalReader {
  private let evaluator: Evaluator
  private let rules: IngressRules
  private let isHidden: Bool

  package init(_ model: ServiceModel) {
    evaluator = Evaluator(model.group)
    rules = IngressRules(evaluator)
    isHidden = model.group.stacks.contains { !$0.template.hiddenParts.isEmpty }
  }

  /// What keeps a client from an endpoint; `nil` when a rule lets it in, or may do so for all that the templates tell.
  package func refusal(of client: Service, at endpoint: Endpoint) -> Refusal? {
    guard !isHidden, let own = groups(of: client.id), let others = groups(of: endpoint.server) else { return nil }
    let sources = Set(own.map(evaluator.securityGroup))
    let targets = Set(others.map(evaluator.securityGroup))
    // Rules of a group of both may name the group itself, or leave that to somebody else.
    guard sources.isDisjoint(with: targets), rules.open.isDisjoint(with: targets),
      !targets.flatMap({ rules[$0] }).contains(where: { lets($0, sources, endpoint.ingressPort) })
    else { return nil }
    let holders = others.map { self.holders(of: $0) }
    guard !holders.contains(.stranger) else { return nil }
    return Refusal(client: own, server: others, isComplete: !holders.contains(.export))
  }

  /// Whether a rule lets in one of some groups, or may do so.
  private func lets(_ rule: IngressRules.Rule, _ sources: Set<String>, _ port: Int?) -> Bool {
    if let ports = rule.ports, let port, !ports.contains(port) { return false }
    guard case .group(let group) = rule.source else { return true }
    return sources.contains(group) || !isSecurityGroup(group)
  }

  /// The groups of a service where all of them are resources; `nil` else.
  private func groups(of service: ResourceID) -> [ResourceID]? {
    let elements = evaluator.securityGroups(of: service)
    let ids = elements.compactMap { texts -> ResourceID? in
      guard texts.count == 1, case .resource(let id, nil) = evaluator.holes.soleHole(in: texts[0]),
        evaluator.group[id].type == "AWS::EC2::SecurityGroup"
      else { return nil }
      return id
    }
    return ids.isEmpty || ids.count != elements.count ? nil : ids
  }

  /// Whether a text is a group that is known to be just that one.
  private func isSecurityGroup(_ text: String) -> Bool {
    guard case .resource(let id, nil) = evaluator.holes.soleHole(in: text) else { return text.hasPrefix("sg-") }
    return evaluator.group[id].type == "AWS::EC2::SecurityGroup"
  }

  /// Who may add rules to a group besides the templates.
  private enum Holder {
    case nobody, export
    /// A custom resource or a nested stack that was not read.
    case stranger
  }

  private func holders(of id: ResourceID) -> Holder {
    let stack = evaluator.group.stacks[id.stack]
    for dependency in stack.graph.dependencies where dependency.to == id.index && dependency.kind != .dependsOn {
      let type = stack.template.resources[dependency.from].type
      let resource = ResourceID(stack: id.stack, index: dependency.from)
      if type == "AWS::CloudFormation::Stack", evaluator.group.child(of: resource) != nil { continue }
      if !type.hasPrefix("AWS::") || type.hasPrefix("AWS::CloudFormation::") { return .stranger }
    }
    let name = evaluator.group[id].logicalID
    return stack.template.outputs.values.contains { output in
      output["Export"] != nil && Reference.all(in: output).contains { $0.name == name }
    } ? .export : .nobody
  }
}
