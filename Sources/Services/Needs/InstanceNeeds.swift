import Deployment
import Templates

/// Auto Scaling groups whose instances join the cluster of a service that runs on instances.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html
struct InstanceNeeds: NeedSource {
  private let table: ResourceTable
  private let instances: [Instances]

  /// An Auto Scaling group with what its instances start with.
  private struct Instances {
    let provider: Need.Provider
    /// All resources that the group, its launch template or launch configuration names.
    let named: Set<ResourceID>
    /// What the instances run when they start.
    let scripts: [String]
  }

  init(_ table: ResourceTable) {
    self.table = table
    instances = table.all("AWS::AutoScaling::AutoScalingGroup").map { id in
      let graph = table.group.stacks[id.stack].graph
      func named(by index: Int) -> [ResourceID] {
        graph.dependencies(of: index).filter { $0.kind != .dependsOn }.map { ResourceID(stack: id.stack, index: $0.to) }
      }
      let launch = named(by: id.index).filter { launchTypes.contains(table.group[$0].type) }
      let scripts = launch.flatMap { id -> [String] in
        let properties = table.properties(of: id)
        let data = properties?["UserData"] ?? properties?["LaunchTemplateData"]?["UserData"]
        let text = data.flatMap(Intrinsic.init).flatMap { $0.name == "Base64" ? $0.argument : nil } ?? data
        return table.texts(of: text, in: id.stack).sorted()
      }
      return Instances(
        provider: table.provider(id, shownBy: nil), named: Set(([id] + launch).flatMap { named(by: $0.index) }),
        scripts: scripts)
    }
  }

  func needs(of service: Service) -> [Need] {
    guard !instances.isEmpty, let properties = table.properties(of: service.id), let cluster = properties["Cluster"],
      properties["CapacityProviderStrategy"] == nil
    else { return [] }
    let stack = service.id.stack
    // EC2 is what a service gets that names no launch type.
    let types = properties["LaunchType"].map { table.values(of: $0, in: stack) } ?? [Conditional("EC2")]
    let ways = types.filter { $0.value == "EC2" }.map(\.premises)
    guard !ways.isEmpty else { return [] }
    return table.names(of: cluster, in: stack).compactMap { name in
      let target = table.evaluator.holes.soleHole(in: name.value)
      let joining = instances.filter { instances in
        if case .resource(let id, _) = target, instances.named.contains(id) { return true }
        return instances.scripts.contains { $0.contains("ECS_CLUSTER=\(name.value)") }
      }
      guard !joining.isEmpty else { return nil }
      return Need(
        service: service, kind: .instances, subject: nil, providers: joining.map(\.provider), isMetByOne: true,
        spot: table.spot(of: cluster, service.id), ways: ways.map { $0 + name.premises })
    }
  }
}

private let launchTypes: Set<String> = ["AWS::AutoScaling::LaunchConfiguration", "AWS::EC2::LaunchTemplate"]
