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
        let id = ResourceID(stack: index, index: edge.from)
        guard reach.contains(id) else { return nil }
        return diagnostic(edge, Holder(id, in: change), severity, conditions.circumstances(of: missing))
      }
    }
  }

  private func diagnostic(
    _ edge: Dependency, _ holder: Holder, _ severity: Severity, _ circumstances: String
  ) -> Diagnostic {
    let template = holder.template
    let to = template.resources[edge.to]
    return Diagnostic(
      rule: Self.description.id, severity: severity, .mayBeMissing(holder.resource, to, edge, circumstances),
      at: template.location(of: edge.range), service: holder.service, construct: holder.construct,
      notes: [.init(.conditional(to), at: template.location(of: to.key))],
      fix: Fix(summary: "\(Diagnostic.Message.sameCondition(holder.resource, to, edge))"),
      identity: holder.identity + [to.logicalID, edge.kind.rawValue])
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
