import Deployment
import Services

/// What lies on a way from the services that a change affects: they themselves, and all that they wait for. The rest of
/// a template is not this program's to judge.
struct Reach {
  private let reached: Reached
  /// The stacks that have an affected service.
  private let stacks: Set<Int>

  init(_ change: Change) {
    let affected = change.new.services.filter { change.affected.contains($0.name) }.map(\.id)
    reached = Reached(from: affected, in: change.new.order)
    stacks = Set(affected.map(\.stack))
  }

  func contains(_ resource: ResourceID) -> Bool { reached.contains(resource) }

  /// Whether a stack has an affected service.
  func touches(stack: Int) -> Bool { stacks.contains(stack) }
}
