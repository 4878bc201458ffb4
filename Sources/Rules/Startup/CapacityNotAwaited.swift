import Diagnostics
import Services

/// A service with a capacity provider that may be created before the provider belongs to the cluster, or outlive that.
///
/// https://github.com/aws/aws-cdk/issues/15366
struct CapacityNotAwaited: NeedRule {
  static let kind = Need.Kind.capacity
  static let description = RuleDescription(
    id: "capacity-not-awaited", severity: .warning, group: .startup,
    summary: "capacity providers whose association with the cluster the service does not wait for")

  func check(_ change: Change) -> [Diagnostic] {
    NeedDiagnostics(change, for: self).all { unmet in
      .init(message: .hasNoProvider(unmet), uses: .usesProvider(unmet.need), gives: { .associates($0) }, cdk: .wait)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func hasNoProvider(_ unmet: UnmetNeed) -> Self {
    """
    \(unmet.need.service.logicalID) may be created before the association \(unmet.names), which gives its cluster the \
    capacity providers: ECS may refuse it ("The specified capacity provider was not found"), and deleting the stack may fail with "The \
    specified capacity provider is in use and cannot be removed"
    """
  }

  fileprivate static func usesProvider(_ need: Need) -> Self {
    "\(need.service.logicalID) runs on capacity providers of its cluster by this"
  }

  fileprivate static func associates(_ provider: Need.Provider) -> Self {
    "\(provider.name) gives the cluster its capacity providers here"
  }
}

extension AppCode {
  fileprivate static let wait: Self = "service.node.defaultChild!.node.addDependency(cluster)"
}

extension CapacityNotAwaited {
  static let manual = RuleManual(
    finds: """
      A service with a `CapacityProviderStrategy`, or with neither that nor a `LaunchType` in a cluster that has a default
      strategy, where the capacity providers of the cluster are associated by a resource of their own
      (`AWS::ECS::ClusterCapacityProviderAssociations`) in the same template, and the service does not wait for it. A `Ref` of
      the cluster or of a capacity provider does not lead to the association.
      """,
    effect: """
      When the service is created first, its capacity provider does not belong to the cluster yet, and ECS may refuse it. The
      text that CloudFormation shows is not known; users of Terraform see `The specified capacity provider was not found`. When
      the stack is deleted, resources go in the reverse order, and without one the association may go before the service: `The
      specified capacity provider is in use and cannot be removed. (… ResourceInUseException …)`.
      """,
    example: .template(
      """
       Resources:
         Cluster:
           Type: AWS::ECS::Cluster
         Providers:
           Type: AWS::ECS::ClusterCapacityProviderAssociations
           Properties:
             Cluster: !Ref Cluster
             CapacityProviders: [FARGATE, FARGATE_SPOT]
             DefaultCapacityProviderStrategy: []
         Task:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions: [{Name: jobs, Image: "example/jobs:2"}]
         Jobs:
           Type: AWS::ECS::Service
      +    DependsOn: [Providers]
           Properties:
             Cluster: !Ref Cluster
             TaskDefinition: !Ref Task
             CapacityProviderStrategy: [{CapacityProvider: FARGATE_SPOT, Weight: 1}]
      """),
    cdk: """
      The CDK makes the association below the cluster when it synthesises, so that the app cannot name it. The dependency on the
      cluster leads to all that is below it. With your variables:

      ```ts
      service.node.defaultChild!.node.addDependency(cluster);
      ```
      """,
    urgency: """
      When the service or the association is new in the change, or the stack will be deleted some day. A strategy of `FARGATE`
      and `FARGATE_SPOT` alone gives a *notice*: that association needs nothing but the cluster, so it is nearly always
      there when ECS is asked for the service.
      """,
    cost: """
      Nothing to speak of: an association takes seconds. An Auto Scaling group whose instances are protected from scale-in can
      still keep a cluster from being deleted.
      """,
    falseAlarms: """
      A service with a `LaunchType` uses no capacity provider. A cluster that names its capacity providers itself
      (`CapacityProviders` of `AWS::ECS::Cluster`) has them from the start, and `Ref` of it is enough. Where the association
      waits for the service, somebody wrote the dependency the wrong way round: the notes show it, and the fix begins with
      taking that away.
      """,
    sources: [
      "https://github.com/aws/aws-cdk/issues/15366",
      "https://github.com/pahud/cdk-fargate-patterns/issues/71",
      "https://github.com/aws/containers-roadmap/issues/631",
      "https://github.com/awsdocs/aws-cloudformation-user-guide/pull/1248",
      "https://github.com/aws/aws-cdk/issues/19275",
    ])
}
