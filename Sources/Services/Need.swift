package import Deployment
package import Diagnostics
import Templates

/// Something that the tasks of a service need when they start, and that no value of the service leads to: nothing makes
/// CloudFormation wait for it but a dependency that somebody writes.
package struct Need: Sendable {
  package let service: Service
  package let kind: Kind
  /// The logical ID of what the service uses: the target group, the file system, the cluster. `nil` where the whole
  /// service needs it.
  package let subject: String?
  /// What the subject is to the service, in words; `nil` where the kind tells.
  package var purpose: String?
  /// The resources that give it, in the order of the source.
  package internal(set) var providers: [Provider]
  /// Whether one of them is enough; else all are needed.
  package let isMetByOne: Bool
  let spot: Spot
  /// Whether what is needed is nearly always there first, so that hardly a deployment fails.
  package var isMostlyThere = false
  /// When the service has the need: in each of these ways all premises must hold.
  package internal(set) var ways: [[Premise]]

  /// The place that names the subject.
  package var evidence: Location { spot.location }

  /// In the order in which dependencies are suggested: of those that close a circle together the first ones are, and what
  /// makes a deployment fail comes before what comes right by itself.
  package enum Kind: String, CaseIterable, Sendable {
    /// A listener or listener rule that forwards to a target group of the service.
    case listener
    /// Policies of a role that the service or its tasks act with.
    case rolePolicy = "role-policy"
    /// The association of capacity providers with the cluster.
    case capacity
    /// The mount targets of a file system.
    case mountTarget = "mount-target"
    /// The log group that a container writes to.
    case logGroup = "log-group"
    /// A secret or parameter whose value a container gets.
    case secret
    /// Policies of the role that ECS starts the tasks with.
    case executionPolicy = "execution-policy"
    /// The container instances of the cluster.
    case instances
    /// The way from the service's subnets to where images are.
    case route
    /// The instances of a database cluster.
    case database
    /// Rules of the service's security groups that are resources of their own.
    case ingressRule = "ingress-rule"
  }

  /// A resource that gives what is needed.
  package struct Provider: Sendable {
    package let id: ResourceID
    /// The logical ID.
    package let name: String
    let spot: Spot
    /// When it gives it: in each of these ways all premises must hold.
    package internal(set) var ways: [[Premise]]
    /// Services of which each can wait for the resource in place of the one that has the need; where all of them do, the
    /// need is met.
    package var substitutes: [ResourceID] = []
    /// Whether nothing shows that the service uses what the resource gives.
    package var isPerhapsUnused = false

    /// The place that shows what the resource gives.
    package var location: Location { spot.location }
  }
}

/// A need that its service does not wait for, in some deployment.
package struct UnmetNeed: Sendable {
  package let need: Need
  /// The providers that are not awaited; never empty.
  package let missing: [Need.Provider]
  /// What of them to wait for, which meets the need.
  package let remedies: [Remedy]
  /// In which of the deployments that have the service the order is missing, in words; empty when in all.
  package let circumstances: String
  /// Why hardly a deployment runs into it all the same.
  package let excuse: Excuse?

  package struct Remedy: Sendable {
    package let provider: Need.Provider
    /// The condition of the provider, where the service may exist without it, so that `DependsOn` must not name it.
    package let condition: String?
  }

  /// What makes it the same need in another revision.
  package var identity: [String] {
    [need.service.name.path.description, need.service.logicalID] + (need.subject.map { [$0] } ?? [])
  }
}
