import Deployment

/// Looks among what a service waits for anyway for a reason why a need is met, though no dependency says so.
struct ExcuseReader {
  private let group: TemplateGroup
  private let slow: [ResourceID]
  private let programs: [ResourceID]

  init(_ group: TemplateGroup) {
    self.group = group
    // By name, so that the order of the source does not matter.
    func sorted(_ ids: [ResourceID]) -> [ResourceID] { ids.sorted { group[$0].logicalID < group[$1].logicalID } }
    slow = sorted(group.resourceIDs(ofTypes: minutes.union(databases)))
    programs = sorted(
      group.resourceIDs { $0.hasPrefix("Custom::") || $0 == "AWS::CloudFormation::CustomResource" }
        + group.resourceIDs(ofTypes: ["AWS::EC2::Instance"]).filter { group[$0].body["CreationPolicy"] != nil })
  }

  func excuse(for need: Need, missing: [Need.Provider], _ waits: inout Waits) -> Excuse? {
    if need.isMostlyThere { return .isQuick }
    if missing.allSatisfy(\.isPerhapsUnused) { return .isPerhapsUnused }
    if let program = programs.first(where: { names($0, need) && surelyWaits(need, for: $0, &waits) }) {
      return .mayBeAwaited(by: program)
    }
    let awaited = slower(than: need.kind).first { surelyWaits(need, for: $0, &waits) }
    guard let awaited else { return nil }
    let own = (slow + programs).filter { $0.stack == need.service.id.stack }
    for provider in missing where own.contains(where: { waits.mayWait(provider.id, for: $0) }) { return nil }
    return .hasHeadStart(before: awaited)
  }

  /// What takes longer than what gives a need of some kind, the surest first.
  private func slower(than kind: Need.Kind) -> [ResourceID] {
    switch kind {
    case .logGroup, .rolePolicy, .executionPolicy, .secret: slow + programs
    case .mountTarget: slow.filter { databases.contains(group[$0].type) }
    default: []
    }
  }

  /// Whether a program is given the file system that a service needs.
  private func names(_ program: ResourceID, _ need: Need) -> Bool {
    guard need.kind == .mountTarget, program.stack == need.service.id.stack else { return false }
    return group.stacks[program.stack].graph.dependencies(of: program.index).contains { dependency in
      let target = group[ResourceID(stack: program.stack, index: dependency.to)]
      return dependency.kind != .dependsOn && target.logicalID == need.subject
    }
  }

  /// Whether a service waits for a resource in every deployment.
  private func surelyWaits(_ need: Need, for resource: ResourceID, _ waits: inout Waits) -> Bool {
    let service = need.service.id
    return resource.stack == service.stack && waits.mayWait(service, for: resource)
      && !waits.conditions.mayExist(service, without: resource)
      && waits.gap(of: service, before: [(resource, .always)], when: .always) == nil
  }
}

/// What takes some minutes to create.
private let minutes: Set<String> = ["AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::RDS::DBCluster"]

/// What takes five minutes and more to create.
private let databases: Set<String> = [
  "AWS::RDS::DBInstance", "AWS::DocDB::DBInstance", "AWS::Neptune::DBInstance", "AWS::ElastiCache::CacheCluster",
  "AWS::ElastiCache::ReplicationGroup", "AWS::OpenSearchService::Domain", "AWS::MSK::Cluster", "AWS::AmazonMQ::Broker",
]
