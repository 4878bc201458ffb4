import Deployment
import Diagnostics
import Rules
import Services
import Templates

/// The services of a template group that a change affects: their own resource or task definition differs, what they
/// publish or look up differs, or the order between them and another service.
enum AffectedServices {
  /// - Returns: names of services of the new side, and of the old side where they are gone.
  static func between(_ old: ServiceModel?, and new: ServiceModel) -> Set<Report.Resource> {
    guard let old else { return Set(new.services.map(\.name)) }
    var affected = Set(old.services.map(\.name)).subtracting(new.services.map(\.name))
    for service in new.services {
      guard let before = old[service.name], !differs(service, new, before, old) else {
        affected.insert(service.name)
        continue
      }
    }
    // A server whose endpoints changed takes its clients with it.
    let movedServers = Set(new.services.filter { publishes($0) != old[$0.name].map(publishes) }.map(\.id))
    for connection in new.connections where movedServers.contains(connection.server) {
      affected.formUnion([new[connection.client].name, new[connection.server].name])
    }
    let verdicts = relations(of: old)
    for (pair, relation) in relations(of: new) where verdicts[pair].map({ $0 != relation }) ?? true {
      affected.formUnion(pair)
    }
    return affected
  }

  private static func differs(
    _ service: Service, _ model: ServiceModel, _ before: Service, _ old: ServiceModel
  ) -> Bool {
    guard hasSameValue(model.group[service.id], old.group[before.id]) else { return true }
    guard let task = service.taskDefinition?.id, let taskBefore = before.taskDefinition?.id else {
      return (service.taskDefinition == nil) != (before.taskDefinition == nil)
    }
    return !hasSameValue(model.group[task], old.group[taskBefore])
  }

  /// Whether two resources are the same but for spelling and for what the CDK writes into metadata.
  private static func hasSameValue(_ resource: Resource, _ other: Resource) -> Bool {
    let attributes = resource.body.values
    let others = other.body.values
    return Set(attributes.keys).union(others.keys).allSatisfy { name in
      switch name {
      case "Metadata": sameMetadata(attributes[name], others[name])
      case "DependsOn": Set(names(attributes[name])) == Set(names(others[name]))
      default: attributes[name].flatMap { node in others[name].map(node.hasSameValue) } ?? false
      }
    }
  }

  private static func sameMetadata(_ metadata: Node?, _ other: Node?) -> Bool {
    func entries(_ node: Node?) -> [String: Node] {
      node?.values.filter { !$0.key.hasPrefix("aws:cdk:") && !$0.key.hasPrefix("aws:asset:") } ?? [:]
    }
    let values = entries(metadata)
    let others = entries(other)
    return values.count == others.count
      && values.allSatisfy { key, value in others[key].map(value.hasSameValue) ?? false }
  }

  private static func names(_ node: Node?) -> [String] {
    guard let node else { return [] }
    return ([node] + node.elements).compactMap(\.text)
  }

  /// The endpoints of a service by what clients see of them.
  private static func publishes(_ service: Service) -> Set<String> {
    Set(service.connect?.endpoints.map(\.display) ?? [])
  }

  private static func relations(of model: ServiceModel) -> [[Report.Resource]: Waits.Relation] {
    Dictionary(model.connections.map { ([model[$0.client].name, model[$0.server].name], $0.relation) }) { $1 }
  }
}
