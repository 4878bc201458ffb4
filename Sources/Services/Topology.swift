import Deployment
import Diagnostics
import Templates

/// Security groups as evidence: a rule that lets the group of one service reach the very port of another's endpoint.
/// Medium evidence of a call at best, since rules are often wider than what is used.
struct Topology {
  /// The groups of each service, by the text of a reference.
  private var groups: [ResourceID: [String]] = [:]
  private var members: [String: [ResourceID]] = [:]
  private var ingress = IngressRules()

  init(_ evaluator: Evaluator, _ services: [Service]) {
    // Only what is in Service Connect is compared.
    for service in services where service.connect != nil {
      let own = evaluator.securityGroups(of: service.id).flatMap(\.self)
      groups[service.id] = own
      for group in own { members[group, default: []].append(service.id) }
    }
    guard !members.isEmpty else { return }
    ingress = IngressRules(evaluator)
  }

  /// The clients that rules let reach an endpoint, with the rule for each.
  func clients(of endpoint: Endpoint) -> [(client: ResourceID, spot: Spot)] {
    guard let port = endpoint.ingressPort else { return [] }
    let own = groups[endpoint.server] ?? []
    return own.flatMap { group in
      ingress[group].flatMap { rule -> [(client: ResourceID, spot: Spot)] in
        guard rule.ports == port...port, case .group(let source) = rule.source, !own.contains(source) else { return [] }
        return (members[source] ?? []).filter { $0 != endpoint.server }.map { ($0, rule.spot) }
      }
    }
  }
}
