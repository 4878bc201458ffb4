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

  /// - Parameters:
  ///   - changed: the properties of the service that differ.
  ///   - changedTask: those of its task definition, of which every one but its tags makes a new revision.
  init(changed: Set<String>, changedTask: Set<String>) {
    if !changed.isDisjoint(with: ServiceUpdate.replacing) {
      self = .replacement
    } else if !changed.isDisjoint(with: deploying) || !changedTask.isSubset(of: ["Tags"]) {
      self = .deployment
    } else {
      self = changed.isEmpty ? .none : .settings
    }
  }
}

/// What UpdateService starts a deployment for.
private let deploying: Set<String> = [
  "TaskDefinition", "NetworkConfiguration", "PlatformVersion", "LoadBalancers", "ServiceRegistries",
  "ServiceConnectConfiguration", "VolumeConfigurations", "VpcLatticeConfigurations", "ForceNewDeployment",
  "CapacityProviderStrategy",
]
