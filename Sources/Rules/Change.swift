package import Diagnostics
package import Services

/// What rules look at: the new side of a template group, the old side where there is one, and what the change affects.
package struct Change: Sendable {
  package let new: ServiceModel
  package let old: ServiceModel?
  /// The services to speak of.
  package let affected: Set<Report.Resource>
  /// Templates that could not be read.
  package let unreadable: [Unreadable]
  /// The clients and servers of Service Connect of which at least one is affected, and all of a circle of which one is;
  /// in the order of connections.
  package let pairs: [Pair]

  package init(
    new: ServiceModel, old: ServiceModel? = nil, affected: Set<Report.Resource>, unreadable: [Unreadable] = []
  ) {
    self.new = new
    self.old = old
    self.affected = affected
    self.unreadable = unreadable
    let all = PairReader(new, old: old).pairs()
    let touched = all.filter { affected.contains($0.client.name) || affected.contains($0.server.name) }
    let circles = Set(touched.compactMap(\.circle))
    pairs =
      circles.isEmpty
      ? touched
      : all.filter { pair in
        affected.contains(pair.client.name) || affected.contains(pair.server.name)
          || pair.circle.map(circles.contains) ?? false
      }
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
