import Deployment
import Templates

/// Policies of the roles that a service and its tasks act with.
///
/// https://github.com/aws/aws-cdk/pull/26070
struct RolePolicyNeeds: NeedSource {
  private let table: ResourceTable
  private let policies: RolePolicies

  init(_ table: ResourceTable, _ policies: RolePolicies) {
    self.table = table
    self.policies = policies
  }

  func needs(of service: Service) -> [Need] {
    guard !policies.isEmpty else { return [] }
    let execution = Set(
      service.taskDefinition.map { task in
        policies.roles(table.properties(of: task.id)?["ExecutionRoleArn"], in: task.id.stack).map(\.value)
      } ?? [])
    let used = UsedResources(of: service, table)
    return uses(of: service).flatMap { use -> [Need] in
      policies.roles(use.node.value, in: use.holder.stack).compactMap { role in
        // Of a role that starts the tasks too, what only that takes is no need of theirs.
        let shared = execution.contains(role.value)
        let providers = policies.policies(of: role.value).filter { policy in
          if shared, AllowedActions(policy.id, table).areAll(of: startingServices) { return false }
          return !names(policy.id, service.id)
        }.map { policy in
          var policy = policy
          policy.isPerhapsUnused = use.isOfTasks && !used.isInterested(in: policy.id)
          return policy
        }
        guard !providers.isEmpty else { return nil }
        return Need(
          service: service, kind: .rolePolicy, subject: table.group[role.value].logicalID, purpose: use.purpose,
          providers: providers, isMetByOne: false, spot: table.spot(of: use.node.value, use.holder),
          ways: [use.node.premises + role.premises])
      }
    }
  }

  /// Whether a policy is about the service itself, so that it cannot come first.
  private func names(_ policy: ResourceID, _ service: ResourceID) -> Bool {
    policy.stack == service.stack
      && table.group.stacks[policy.stack].graph.dependencies(of: policy.index).contains {
        $0.to == service.index && $0.kind != .dependsOn
      }
  }

  /// A place that names a role.
  private struct Use {
    let node: Conditional<Node>
    let holder: ResourceID
    let purpose: String

    /// Whether tasks act with the role when they please, and not ECS when it makes the service.
    var isOfTasks: Bool { purpose == "task role" }
  }

  private func uses(of service: Service) -> [Use] {
    var uses: [Use] = []
    func add(_ node: Node?, _ holder: ResourceID, _ purpose: String, when premises: [Premise] = []) {
      if let node { uses.append(Use(node: Conditional(node, when: premises), holder: holder, purpose: purpose)) }
    }
    func add(_ list: Node?, _ purpose: String, _ node: (Node) -> Node?) {
      for entry in table.elements(of: list, in: service.id.stack) {
        add(node(entry.value), service.id, purpose, when: entry.premises)
      }
    }
    if let task = service.taskDefinition?.id { add(table.properties(of: task)?["TaskRoleArn"], task, "task role") }
    guard let properties = table.properties(of: service.id) else { return uses }
    add(properties["Role"], service.id, "service role")
    for connect in branches(of: properties["ServiceConnectConfiguration"], service.id.stack) {
      add(connect["Services"], "TLS role") { $0["Tls"]?["RoleArn"] }
    }
    add(properties["LoadBalancers"], "infrastructure role") { $0["AdvancedConfiguration"]?["RoleArn"] }
    add(properties["VolumeConfigurations"], "infrastructure role") { $0["ManagedEBSVolume"]?["RoleArn"] }
    add(properties["VpcLatticeConfigurations"], "infrastructure role") { $0["RoleArn"] }
    return uses
  }

  private func branches(of node: Node?, _ stack: Int) -> [Node] {
    node.map { table.evaluator.branches(of: $0, in: stack).map(\.value) } ?? []
  }
}

/// Policies of the role with which ECS starts the tasks of a service: what gives leave to pull the image, to read secrets
/// and to write logs.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
struct ExecutionPolicyNeeds: NeedSource {
  private let table: ResourceTable
  private let policies: RolePolicies

  init(_ table: ResourceTable, _ policies: RolePolicies) {
    self.table = table
    self.policies = policies
  }

  func needs(of service: Service) -> [Need] {
    guard !policies.isEmpty, let task = service.taskDefinition?.id, let properties = table.properties(of: task),
      let node = properties["ExecutionRoleArn"]
    else { return [] }
    let own = Set(policies.roles(properties["TaskRoleArn"], in: task.stack).map(\.value))
    let used = usedServices(service, properties["ContainerDefinitions"], in: task.stack)
    return policies.roles(node, in: task.stack).compactMap { role in
      let used = isManaged(role.value) ? used.subtracting(startingServices) : used
      let providers = policies.policies(of: role.value).filter { policy in
        let actions = AllowedActions(policy.id, table)
        return actions.mayBe(of: used) && (!own.contains(role.value) || actions.areAll(of: startingServices))
      }
      guard !providers.isEmpty else { return nil }
      return Need(
        service: service, kind: .executionPolicy, subject: table.group[role.value].logicalID, providers: providers,
        isMetByOne: false, spot: table.spot(of: node, task), ways: [role.premises])
    }
  }

  /// Whether a role names the policy of AWS for its purpose, and so may pull images and write logs from the beginning.
  private func isManaged(_ role: ResourceID) -> Bool {
    let list = table.properties(of: role)?["ManagedPolicyArns"]
    return table.elements(of: list, in: role.stack).contains { arn in
      table.texts(of: arn.value, in: role.stack).contains { $0.hasSuffix("/AmazonECSTaskExecutionRolePolicy") }
    }
  }

  /// The services that ECS calls to start a task of such containers.
  private func usedServices(_ service: Service, _ containers: Node?, in stack: Int) -> Set<String> {
    var used: Set<String> = []
    for container in table.elements(of: containers, in: stack).map(\.value) {
      let images = table.texts(of: container["Image"], in: stack)
      if images.isEmpty || images.contains(where: mayBePrivate) { used.formUnion(["ecr", "ecr-public"]) }
      let logging = container["LogConfiguration"]
      if table.texts(of: logging?["LogDriver"], in: stack).contains("awslogs") { used.insert("logs") }
      if container["Secrets"] != nil || logging?["SecretOptions"] != nil {
        used.formUnion(["secretsmanager", "ssm", "kms"])
      }
      if container["RepositoryCredentials"] != nil { used.formUnion(["secretsmanager", "kms"]) }
      if container["EnvironmentFiles"] != nil { used.insert("s3") }
    }
    if table.properties(of: service.id)?["ServiceConnectConfiguration"]?["LogConfiguration"] != nil {
      used.insert("logs")
    }
    return used
  }

  /// Whether an image may stand in a repository that asks for leave: one of ECR, or one that is not known.
  private func mayBePrivate(_ image: String) -> Bool {
    image.contains(".dkr.ecr") || image.unicodeScalars.first.map(HoleTable.isHole) ?? true
  }
}

/// The services of actions that nothing but the start of a task takes.
private let startingServices: Set<String> = ["ecr", "ecr-public", "logs"]
