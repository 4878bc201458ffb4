import Deployment

/// The resources that the task definition of a service takes values from, also through what only holds values.
struct UsedResources {
  /// Each with the place in the task definition that leads to it.
  let all: [(id: ResourceID, use: Dependency)]
  private let table: ResourceTable

  init(of service: Service, _ table: ResourceTable) {
    self.table = table
    all = service.taskDefinition.map { UsedResources.uses(of: $0.id, table) } ?? []
  }

  /// Whether a policy is about one of them. Its roles, and log groups that ECS writes to for the tasks, tell nothing.
  func isInterested(in policy: ResourceID) -> Bool {
    let subjects = table.group.stacks[policy.stack].graph.dependencies(of: policy.index).filter {
      $0.kind != .dependsOn
    }
    .map { ResourceID(stack: policy.stack, index: $0.to) }
    return all.contains { subjects.contains($0.id) && !untelling.contains(table.group[$0.id].type) }
  }

  private static func uses(of task: ResourceID, _ table: ResourceTable) -> [(id: ResourceID, use: Dependency)] {
    let graph = table.group.stacks[task.stack].graph
    var seen: Set<Int> = []
    var found: [(id: ResourceID, use: Dependency)] = []
    var open = graph.dependencies(of: task.index).map { (index: $0.to, use: $0) }
    while let (index, use) = open.popLast() {
      guard use.kind != .dependsOn, seen.insert(index).inserted else { continue }
      let id = ResourceID(stack: task.stack, index: index)
      found.append((id, use))
      guard holders.contains(table.group[id].type) else { continue }
      open += graph.dependencies(of: index).filter { $0.kind != .dependsOn }.map { ($0.to, use) }
    }
    return found.sorted { $0.id < $1.id }
  }
}

/// Resources that pass the values of others on.
private let holders: Set<String> = [
  "AWS::SecretsManager::SecretTargetAttachment", "AWS::SecretsManager::Secret", "AWS::SSM::Parameter",
]

private let untelling: Set<String> = ["AWS::IAM::Role", "AWS::Logs::LogGroup"]
