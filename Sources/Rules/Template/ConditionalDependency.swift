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

extension ConditionalDependency {
  static let manual = RuleManual(
    finds: """
      A `DependsOn`, `Ref`, `Fn::GetAtt` or `Fn::Sub` to a resource with a `Condition`, from one that can exist without it.
      All conditions are judged together: what their equations, the allowed values of the parameters and the template's
      `Rules` exclude does not count, and of an `Fn::If` only the branch that is taken.
      """,
    effect: """
      A resource whose condition is false does not exist. Where the values are chosen so, CloudFormation refuses the
      template before anything runs: `Template format error: Unresolved resource dependencies [Search] in the Resources
      block of the template`. For references this is recorded; for `DependsOn` users saw the same error, though older
      texts say that it is ignored. All stages but one may deploy well, and the next one fails.
      """,
    example: .template(
      """
       Parameters:
         WithSearch: {Type: String, AllowedValues: ["yes", "no"], Default: "no"}
       Conditions:
         HasSearch: !Equals [!Ref WithSearch, "yes"]
       Resources:
         SearchTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions: [{Name: search, Image: "search:1"}]
         Search:
           Type: AWS::ECS::Service
           Condition: HasSearch
           Properties: {TaskDefinition: !Ref SearchTask}
         WebTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions: [{Name: web, Image: "web:1"}]
         Web:
           Type: AWS::ECS::Service
      -    DependsOn: [Search]
      +    Metadata: {WaitFor: !If [HasSearch, !Ref Search, !Ref "AWS::NoValue"]}
           Properties: {TaskDefinition: !Ref WebTask}
      """),
    cdk: """
      A `CfnCondition` is set by hand, so set it on both: `cfnWeb.cfnOptions.condition = hasSearch`. To keep the service
      in all stages and make the other optional, decide in the app (`if (props.withSearch)`) and not in the template.
      """,
    urgency: """
      An *error* where the defaults of the parameters, or values that have no default, lead there. A *warning* where
      somebody would have to choose other values than the defaults.
      """,
    cost: """
      The same condition on both keeps the order as strong as it is. The way by `Metadata` waits by reference, which may be
      less ([implicit-order](implicit-order.md)), and has a known drawback: removing the optional resource in an update
      can fail at its deletion. Two services with opposite conditions, one with and one without `DependsOn`, have neither.
      """,
    falseAlarms: """
      Conditions that exclude each other, conditions that follow from one another, and resources that no service waits
      for are silent. When the conditions are too many to be judged together, `incomplete-template` says so instead. If
      only you know that two parameters always go together, write it into the template's `Rules`: they are read.
      """,
    sources: [
      "https://github.com/aws-solutions/media-insights-on-aws/issues/145",
      "https://github.com/aws-solutions-library-samples/guidance-for-claude-code-with-amazon-bedrock/issues/122",
      "https://github.com/aws-cloudformation/cfn-lint/issues/1888",
      "https://cloudonaut.io/optional-dependson-with-cloudformation-metadata-to-the-rescue",
      "https://carriagereturn.nl/aws/cloudformation/dependson/conditional/2020/09/06/conditional-dependency.html",
    ])
}
