package import Deployment
package import Diagnostics

/// The ECS services of a template group, who connects to whom, and in which order they may start.
package final class ServiceModel: Sendable {
  package let group: TemplateGroup
  package let order: DeploymentOrder
  /// Stack by stack in the order of the source.
  package let services: [Service]
  /// By client in the order of services, then in the order of the first evidence.
  package let connections: [Connection]
  /// What clients look up in vain: those that are services first, then tasks that no service runs.
  package let failedLookups: [FailedLookup]
  /// For each task definition what runs it without a service.
  package let taskRunners: [ResourceID: [ResourceID]]
  /// What services need and do not wait for, service by service.
  package let unmetNeeds: [UnmetNeed]
  private let indices: [Report.Resource: Int]
  private let positions: [ResourceID: Int]

  /// Names in declared connections that mean no service of the group, or several.
  package let faults: [DeclaredConnection.Fault]

  /// - Parameters:
  ///   - declared: connections that the user declares outside of the templates.
  ///   - assets: the files of a cloud assembly, for environment files.
  package init(_ group: TemplateGroup, declared: [DeclaredConnection] = [], assets: AssetTexts = .none) {
    let evaluator = Evaluator(group)
    let reader = ServiceReader(evaluator)
    let services = reader.services()
    let runners = TaskRunners(evaluator).runners
    let standalone = runners.keys.sorted().compactMap { reader.tasks[$0] }
    let declarations = Declarations(evaluator, services, declared)
    let order = DeploymentOrder(group, ConditionSpace(evaluator))
    var builder = ConnectionBuilder(
      order, services, ConnectionInference(evaluator, services, assets, standalone: standalone), declarations.found,
      evaluator)
    self.group = group
    self.order = order
    self.services = services
    faults = declarations.faults
    let found = services.map { builder.found(by: $0) }
    var needs = NeedReader(evaluator, services, order)
    unmetNeeds = services.flatMap { needs.unmetNeeds(of: $0) }
    // A template that an assembly deploys twice gives the same names twice; the first stack speaks for both.
    connections = Nearness(group).nearest(found.flatMap(\.connections))
    failedLookups =
      found.flatMap(\.failures)
      + standalone.flatMap { builder.found(by: Service(standalone: $0, in: group)).failures }
    taskRunners = runners
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
