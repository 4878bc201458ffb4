import Deployment
import Templates

/// The instances of database clusters whose endpoint a task knows: the endpoint of a cluster is there before anything
/// answers.
///
/// https://github.com/aws-samples/cdk-keycloak/issues/167
struct DatabaseNeeds: NeedSource {
  private let table: ResourceTable
  /// By cluster.
  private var instances: [ResourceID: [Need.Provider]] = [:]

  init(_ table: ResourceTable) {
    self.table = table
    for id in table.all("AWS::RDS::DBInstance", "AWS::DocDB::DBInstance", "AWS::Neptune::DBInstance") {
      let node = table.properties(of: id)?["DBClusterIdentifier"]
      for cluster in table.targets(of: node, in: id.stack) {
        instances[cluster.value, default: []].append(table.provider(id, shownBy: node, when: cluster.premises))
      }
    }
  }

  func needs(of service: Service) -> [Need] {
    guard !instances.isEmpty, let task = service.taskDefinition?.id else { return [] }
    return uses(of: task).compactMap { cluster, use in
      guard let providers = instances[cluster] else { return nil }
      return Need(
        service: service, kind: .database, subject: table.group[cluster].logicalID, providers: providers,
        isMetByOne: true, evidence: table.group.template(of: task).location(of: use.range),
        ways: [use.guards.map { Premise(stack: task.stack, guarded: $0) }])
    }
  }

  /// The resources that a task takes values from, also through what only holds values, with the place that names the
  /// first of them.
  private func uses(of task: ResourceID) -> [(ResourceID, Dependency)] {
    let graph = table.group.stacks[task.stack].graph
    var seen: Set<Int> = []
    var found: [(ResourceID, Dependency)] = []
    var open = graph.dependencies(of: task.index).map { (index: $0.to, use: $0) }
    while let (index, use) = open.popLast() {
      guard use.kind != .dependsOn, seen.insert(index).inserted else { continue }
      let id = ResourceID(stack: task.stack, index: index)
      found.append((id, use))
      guard holders.contains(table.group[id].type) else { continue }
      open += graph.dependencies(of: index).filter { $0.kind != .dependsOn }.map { ($0.to, use) }
    }
    return found.sorted { $0.0 < $1.0 }
  }
}

/// Resources that pass the address of a database on.
private let holders: Set<String> = [
  "AWS::SecretsManager::SecretTargetAttachment", "AWS::SecretsManager::Secret", "AWS::SSM::Parameter",
]
