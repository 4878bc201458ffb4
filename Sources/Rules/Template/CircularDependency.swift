import Deployment
import Diagnostics
import Services

/// Resources that wait for each other. CloudFormation refuses the template before anything runs.
///
/// https://aws.amazon.com/blogs/infrastructure-and-automation/handling-circular-dependency-errors-in-aws-cloudformation/
struct CircularDependency: Rule {
  static let description = RuleDescription(
    id: "circular-dependency", severity: .error, group: .template, summary: "resources that wait for each other")

  func check(_ change: Change) -> [Diagnostic] {
    let affected = change.new.services.filter { change.affected.contains($0.name) }
    var waits = Waits(change.new.order)
    return change.new.group.stacks.indices.flatMap { stack in
      ResourceCircle.all(in: stack, of: change.new.order).compactMap { circle -> Diagnostic? in
        // Either all members are on a way from a service or none is.
        let member = ResourceID(stack: stack, index: circle.members[0])
        guard affected.contains(where: { waits.mayWait($0.id, for: member) }) else { return nil }
        return diagnostic(circle, change)
      }
    }
  }

  private func diagnostic(_ circle: ResourceCircle, _ change: Change) -> Diagnostic {
    let template = change.new.group.stacks[circle.stack].template
    let names = circle.steps.map { template.resources[$0.from].logicalID }
    let first = circle.members[0]
    let holder = change.new.services.first { $0.id == ResourceID(stack: circle.stack, index: first) }
    return Diagnostic(
      rule: Self.description.id, severity: .error, .circle(names),
      at: template.location(of: template.resources[first].key), service: holder?.logicalID,
      construct: template.resources[first].constructPath,
      notes: WaitNotes(path: circle.steps, template: template).notes,
      identity: [template.path.description] + circle.members.map { template.resources[$0].logicalID }.sorted())
  }
}

extension Diagnostic.Message {
  fileprivate static func circle(_ names: [String]) -> Self {
    """
    CloudFormation will refuse the template: Circular dependency between resources: \
    [\(names.joined(separator: ", "))]
    """
  }
}
