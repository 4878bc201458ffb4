import Deployment
import Services

/// What lies on a way from the services that a change affects: they themselves, and all that they wait for. The rest of
/// a template is not this program's to judge.
struct Reach {
  private let affected: [ResourceID]
  private var waits: Waits

  init(_ change: Change) {
    waits = Waits(change.new.order)
    affected = change.new.services.filter { change.affected.contains($0.name) }.map(\.id)
  }

  mutating func contains(_ resource: ResourceID) -> Bool {
    affected.contains { waits.mayWait($0, for: resource) }
  }

  /// Whether a stack has an affected service.
  func touches(stack: Int) -> Bool { affected.contains { $0.stack == stack } }
}
