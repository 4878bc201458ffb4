import Deployment
import Diagnostics
import Services
import Templates

/// A dependency on a resource that does not exist under a condition under which its dependent does. CloudFormation
/// refuses the template when it is deployed that way.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html
struct ConditionalDependency: Rule {
  static let description = RuleDescription(
    id: "conditional-dependency", severity: .error, group: .template,
    summary: "a dependency on a resource that does not exist under a condition in which its dependent does")

  func check(_ change: Change) -> [Diagnostic] {
    var conditions = change.new.order.conditions
    guard !conditions.isTrivial, !conditions.isExhausted else { return [] }
    let reach = Reach(change)
    return change.new.group.stacks.enumerated().flatMap { index, stack in
      stack.graph.dependencies.compactMap { edge -> Diagnostic? in
        let target = ResourceID(stack: index, index: edge.to)
        guard conditions.existence(of: target) != .always else { return nil }
        let exists = conditions.all(
          conditions.existence(of: ResourceID(stack: index, index: edge.from)),
          conditions.formula(edge.guards.map { Premise(stack: index, guarded: $0) }))
        let missing = conditions.all(exists, conditions.not(conditions.existence(of: target)))
        guard conditions.isPossible(missing) else { return nil }
        // Values that nobody chooses, since they break the template, are a lesser fault than the defaults.
        let severity: Severity = conditions.isPossibleWithDefaults(missing) ? .error : .warning
        let holder = ResourceID(stack: index, index: edge.from)
        guard reach.contains(holder) else { return nil }
        return diagnostic(
          edge, stack.template, holder, severity, change, conditions.circumstances(of: missing))
      }
    }
  }

  private func diagnostic(
    _ edge: Dependency, _ template: Template, _ holder: ResourceID, _ severity: Severity, _ change: Change,
    _ circumstances: String
  ) -> Diagnostic {
    let from = template.resources[edge.from]
    let to = template.resources[edge.to]
    let service = change.new.services.first { $0.id == holder }
    return Diagnostic(
      rule: Self.description.id, severity: severity, .mayBeMissing(from, to, edge, circumstances),
      at: template.location(of: edge.range), service: service?.logicalID, construct: from.constructPath,
      notes: [.init(.conditional(to), at: template.location(of: to.key))],
      fix: Fix(summary: "\(Diagnostic.Message.sameCondition(from, to, edge))"),
      identity: [template.path.description, from.logicalID, to.logicalID, edge.kind.rawValue])
  }
}

extension Diagnostic.Message {
  fileprivate static func mayBeMissing(
    _ from: Resource, _ to: Resource, _ edge: Dependency, _ circumstances: String
  ) -> Self {
    """
    CloudFormation will refuse the template where \(circumstances): Unresolved resource dependencies \
    [\(to.logicalID)] in the Resources block of the template; \(from.logicalID) names it by \(edge.kind.function)
    """
  }

  fileprivate static func conditional(_ to: Resource) -> Self {
    "\(to.logicalID) exists only under the condition \(to.body["Condition"]?.text ?? "") here"
  }

  fileprivate static func sameCondition(_ from: Resource, _ to: Resource, _ edge: Dependency) -> Self {
    let condition = to.body["Condition"]?.text ?? ""
    if edge.kind == .dependsOn {
      return """
        give \(from.logicalID) the condition \(condition) too, or replace the DependsOn by \
        `Metadata: {WaitFor: !If [\(condition), !Ref \(to.logicalID), !Ref AWS::NoValue]}`
        """
    }
    return "give \(from.logicalID) the condition \(condition) too, or put the reference into `!If [\(condition), …]`"
  }
}
