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
    var waits = DeploymentOrder.Waits()
    return change.new.group.stacks.enumerated().flatMap { index, stack in
      stack.graph.circles.compactMap { circle -> Diagnostic? in
        // Either all members are on a way from a service or none is.
        let member = ResourceID(stack: index, index: circle.members[0])
        guard affected.contains(where: { change.new.order.waits($0.id, for: member, &waits) }) else { return nil }
        return diagnostic(circle, stack, index, change)
      }
    }
  }

  private func diagnostic(_ circle: Circle, _ stack: Stack, _ index: Int, _ change: Change) -> Diagnostic {
    let template = stack.template
    let names = circle.path.map { template.resources[$0].logicalID }
    let holder = change.new.services.first { $0.id == ResourceID(stack: index, index: circle.path[0]) }
    let steps = zip(circle.path, circle.path.dropFirst() + [circle.path[0]]).compactMap { from, to in
      stack.graph.dependencies(of: from).first { $0.to == to }
    }
    return Diagnostic(
      rule: Self.description.id, severity: .error, .circle(names),
      at: template.location(of: template.resources[circle.path[0]].key), service: holder?.logicalID,
      construct: template.resources[circle.path[0]].constructPath,
      notes: WaitNotes(path: steps, template: template).notes,
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
