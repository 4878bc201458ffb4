import Deployment
import Diagnostics
import Services
import Templates

/// The circles of resources that an affected service leads to, with what diagnostics about them say.
struct CircleDiagnostics {
  private let change: Change

  init(_ change: Change) { self.change = change }

  struct Found {
    /// The resource of the circle that stands first.
    let first: ResourceID
    /// Logical IDs once round.
    let names: [String]
    /// The cause, when it is a dependency between constructs.
    let construct: ConstructCircle?
    let notes: [Diagnostic.Note]
    let identity: [String]
  }

  /// The diagnostics for all circles, in the order of the source.
  func all(_ diagnostic: (Found) -> Diagnostic?) -> [Diagnostic] {
    let reach = Reach(change)
    return change.new.group.stacks.indices.flatMap { stack in
      ResourceCircle.all(in: stack, of: change.new.order).compactMap { circle -> Diagnostic? in
        // Either all members are on a way from a service or none is.
        guard reach.contains(ResourceID(stack: stack, index: circle.members[0])) else { return nil }
        return diagnostic(found(circle))
      }
    }
  }

  private func found(_ circle: ResourceCircle) -> Found {
    let template = change.new.group.stacks[circle.stack].template
    return Found(
      first: ResourceID(stack: circle.stack, index: circle.members[0]),
      names: circle.steps.map { template.resources[$0.from].logicalID },
      construct: ConstructCircle(circle, in: change.new),
      notes: WaitNotes(path: circle.steps, template: template).notes,
      identity: [template.path.description] + circle.members.map { template.resources[$0].logicalID }.sorted())
  }
}
