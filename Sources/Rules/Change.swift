import Deployment
package import Diagnostics
package import Services

/// What rules look at: the new side of a template group, the old side where there is one, and what the change affects.
package final class Change: Sendable {
  package let new: ServiceModel
  package let old: ServiceModel?
  /// The resources of the old side beside those of the new one.
  package let former: FormerResources
  /// What the change does to services.
  package let updates: ServiceUpdates
  /// The services to speak of.
  package let affected: Set<Report.Resource>
  /// Templates that could not be read.
  package let unreadable: [Unreadable]
  /// CDK apps of which not all was looked at as it is now.
  package let apps: [App]
  /// Suppressions that silence nothing: known when all rules have spoken, so they come in a change of their own.
  package let idleSuppressions: [IdleSuppression]
  /// The clients and servers of Service Connect of which at least one is affected, and all of a circle of which one is;
  /// in the order of connections.
  package let pairs: [Pair]
  /// The same by client.
  let pairsByClient: [ResourceID: [Pair]]
  /// What affected services need and do not wait for, of the kinds that somebody asks for: all that is suggested may be
  /// pasted together.
  package let needs: [UnmetNeed]
  /// The dependencies that the rules suggest.
  let suggested: SuggestedOrder

  /// - Parameters:
  ///   - former: the two sides beside each other, where somebody has looked at them so already.
  ///   - kinds: the needs that somebody asks for.
  package init(
    new: ServiceModel, old: ServiceModel? = nil, former: FormerResources? = nil, affected: Set<Report.Resource>,
    kinds: Set<Need.Kind> = [],
    unreadable: [Unreadable] = [],
    apps: [App] = [], idleSuppressions: [IdleSuppression] = []
  ) {
    self.new = new
    self.old = old
    let former = former ?? FormerResources(from: old, to: new)
    self.former = former
    updates = ServiceUpdates(from: old, to: new, former)
    self.affected = affected
    self.unreadable = unreadable
    self.apps = apps
    self.idleSuppressions = idleSuppressions
    let all = PairReader(new, old: old, updates).pairs()
    let touched = all.filter { affected.contains($0.client.name) || affected.contains($0.server.name) }
    let circles = Set(touched.compactMap(\.circle))
    pairs =
      circles.isEmpty
      ? touched
      : all.filter { pair in
        affected.contains(pair.client.name) || affected.contains(pair.server.name)
          || pair.circle.map(circles.contains) ?? false
      }
    pairsByClient = Dictionary(grouping: pairs, by: \.client.id)
    // A template that an assembly deploys twice has the same needs twice; the first stack speaks for both.
    var seen: Set<[String]> = []
    needs = new.unmetNeeds.filter { unmet in
      kinds.contains(unmet.need.kind) && affected.contains(unmet.need.service.name)
        && seen.insert([unmet.need.kind.rawValue] + unmet.identity).inserted
    }
    suggested = SuggestedOrder(new, pairs: all, needs: needs)
  }

  /// A CDK app whose templates were not looked at, or not as the app makes them now.
  package struct App: Hashable, Sendable {
    /// Its `cdk.json`.
    package let file: Path
    package let state: State

    package enum State: Hashable, Sendable {
      /// A file of the app changed, and nothing is in the folder that its templates belong in.
      case notSynthesised(changed: Path, output: Path)
      /// The assembly, as the user named it, is older than a file of the app.
      case stale(assembly: String, file: Path)
    }

    package init(file: Path, state: State) {
      self.file = file
      self.state = state
    }

    package var isSynthesised: Bool { if case .notSynthesised = state { false } else { true } }
  }

  /// A template that could not be read, and why.
  package struct Unreadable: Hashable, Sendable {
    package let location: Location
    /// One sentence without a full stop.
    package let reason: String

    package init(location: Location, reason: String) {
      self.location = location
      self.reason = reason
    }
  }
}
