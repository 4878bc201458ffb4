package import Deployment
package import Diagnostics

/// The ECS services of a template group, who connects to whom, and in which order they may start.
package struct ServiceModel: Sendable {
  package let group: TemplateGroup
  package let order: DeploymentOrder
  /// Stack by stack in the order of the source.
  package let services: [Service]
  /// By client in the order of services, then in the order of the first evidence.
  package let connections: [Connection]
  private let indices: [Report.Resource: Int]
  private let positions: [ResourceID: Int]

  package init(_ group: TemplateGroup) {
    let evaluator = Evaluator(group)
    let services = ServiceReader(evaluator).services()
    var conditions = ConditionSpace(evaluator)
    let order = DeploymentOrder(group, conditions)
    let inference = ConnectionInference(evaluator, services)
    var waits = Waits(order)
    self.group = group
    self.order = order
    self.services = services
    let members = Dictionary(uniqueKeysWithValues: services.map { ($0.id, $0.connect?.premises ?? []) })
    let connections = services.flatMap { client in
      inference.found(by: client).compactMap { endpoint, evidence -> Connection? in
        let shown = conditions.any(evidence.map { conditions.formula($0.premises) })
        let connected = (members[client.id] ?? []) + (members[endpoint.server] ?? []) + endpoint.premises
        let premise = conditions.all(shown, conditions.formula(connected))
        guard let (relation, missing) = waits.relation(of: client.id, to: endpoint.server, when: premise) else {
          return nil
        }
        return Connection(
          client: client.id, server: endpoint.server, endpoint: endpoint, mechanism: .serviceConnect,
          strength: evidence.map(\.strength).max() ?? .weak, evidence: evidence, relation: relation,
          circumstances: conditions.circumstances(of: missing))
      }
    }
    // A template that an assembly deploys twice gives the same names twice; the first stack speaks for both.
    self.connections = Nearness(group).nearest(connections)
    indices = Dictionary(services.enumerated().map { ($1.name, $0) }) { first, _ in first }
    positions = Dictionary(uniqueKeysWithValues: services.enumerated().map { ($1.id, $0) })
  }

  /// The model of no templates.
  package static let empty = ServiceModel(TemplateGroup(stacks: []))

  /// The service of a template and logical ID, which stay when the rest changes.
  package subscript(name: Report.Resource) -> Service? { indices[name].map { services[$0] } }

  /// The service of an id of this model.
  package subscript(id: ResourceID) -> Service {
    guard let position = positions[id] else { preconditionFailure("\(id) is no service of this model") }
    return services[position]
  }
}
