package import Services

/// Every rule: the one list. The order is that of the documentation; diagnostics are sorted afterwards.
package enum RuleSet {
  package static let all: [any Rule] = [
    ClientBeforeServer(),
    ImplicitOrder(),
    ReversedOrder(),
    MutualClients(),
    StacksNotOrdered(),
    ClientNotRedeployed(),
    EndpointRenamed(),
    EndpointRemoved(),
    OrderDropped(),
    OrderOnlyChange(),
    ConstructDependencyCycle(),
    ClientNotConnected(),
    ClientInOtherNamespace(),
    NamespaceRace(),
    NamespaceById(),
    NamespaceChanged(),
    UnknownEndpoint(),
    EndpointMismatch(),
    UnknownPortName(),
    WrongAliasCount(),
    InvalidEndpointName(),
    EndpointCollision(),
    ServerReplaced(),
    ProtocolChanged(),
    UnsupportedNetworkMode(),
    UnsupportedController(),
    TaskOutsideServiceConnect(),
    UnsupportedPlatform(),
    EndpointTimeout(),
    NoIngressFromClient(),
    MixedDiscovery(),
    DiscoveryOrder(),
    ListenerNotAwaited(),
    LoadBalancerInUpdate(),
    RolePolicyNotAwaited(),
    ExecutionPolicyNotAwaited(),
    CapacityNotAwaited(),
    InstancesNotAwaited(),
    MountTargetNotAwaited(),
    RouteNotAwaited(),
    LogGroupNotAwaited(),
    SecretNotAwaited(),
    DatabaseNotAwaited(),
    IngressRuleNotAwaited(),
    ScalingTargetOrder(),
    InvalidContainerDependency(),
    ServerWithoutCircuitBreaker(),
    ServerWithoutHealthCheck(),
    ServerScaledToZero(),
    UnreadableTemplate(),
    ConditionalDependency(),
    CircularDependency(),
    UnresolvedDependency(),
    InvalidDependsOn(),
    ImportInUse(),
    IncompleteTemplate(),
    AppNotSynthesised(),
    StaleAssembly(),
    UnusedSuppression(),
    ExpiredSuppression(),
  ]

  /// Those that may speak of a client and a server in two root templates that nothing ties together.
  package static let between = all.filter { type(of: $0).description.spansRoots }

  /// The needs that some rules ask for.
  package static func needs(askedForBy rules: [any Rule]) -> Set<Need.Kind> {
    Set(rules.compactMap { type(of: $0).need })
  }

  package static var descriptions: [RuleDescription] { all.map { type(of: $0).description } }
}
