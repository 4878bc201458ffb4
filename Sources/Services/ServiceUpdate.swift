/// What a change does to a service that exists on both sides.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
package enum ServiceUpdate: Sendable {
  /// Nothing differs that CloudFormation would act on.
  case none
  /// An update without a new deployment: running tasks stay as they are.
  case settings
  /// A new deployment starts.
  case deployment
  /// A new service is made before the old one is deleted.
  case replacement

  /// Create-only properties. `LaunchType` is one on some ways from one value to another.
  package static let replacing: Set<String> = ["ServiceName", "Cluster", "Role", "SchedulingStrategy", "LaunchType"]

  package var startsDeployment: Bool { self == .deployment || self == .replacement }

  package init(
    from old: (service: Service, resolver: ResourceResolver), to new: (service: Service, resolver: ResourceResolver)
  ) {
    let before = old.resolver.resolved(old.service.id)
    let after = new.resolver.resolved(new.service.id)
    let changed = after.changedProperties(since: before)
    if !changed.isDisjoint(with: ServiceUpdate.replacing) {
      self = .replacement
    } else if !changed.isDisjoint(with: deploying) || ServiceUpdate.hasNewRevision(old, new) {
      self = .deployment
    } else {
      self = changed.isEmpty ? .none : .settings
    }
  }

  /// Every property of a task definition but its tags makes a new revision, which the service is deployed with.
  private static func hasNewRevision(
    _ old: (service: Service, resolver: ResourceResolver), _ new: (service: Service, resolver: ResourceResolver)
  ) -> Bool {
    guard let before = old.service.taskDefinition?.id, let after = new.service.taskDefinition?.id else { return false }
    return !new.resolver.resolved(after).changedProperties(since: old.resolver.resolved(before)).isSubset(of: ["Tags"])
  }
}

/// What UpdateService starts a deployment for.
private let deploying: Set<String> = [
  "TaskDefinition", "NetworkConfiguration", "PlatformVersion", "LoadBalancers", "ServiceRegistries",
  "ServiceConnectConfiguration", "VolumeConfigurations", "VpcLatticeConfigurations", "ForceNewDeployment",
  "CapacityProviderStrategy",
]
