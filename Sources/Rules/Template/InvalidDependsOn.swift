import Deployment
import Diagnostics
import Templates

/// A `DependsOn` that is neither a text nor a list of texts: it takes no function, so it cannot depend on a condition.
///
/// https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1015
struct InvalidDependsOn: Rule {
  static let description = RuleDescription(
    id: "invalid-depends-on", severity: .error, group: .template,
    summary: "a DependsOn that is not a string or list of strings")

  func check(_ change: Change) -> [Diagnostic] {
    let reach = Reach(change)
    return change.new.group.resourceIDs.compactMap { id in
      let holder = Holder(id, in: change)
      // Macros may make anything of it, and AWS::LanguageExtensions works functions out first.
      guard let value = holder.resource.dependsOn, let fault = fault(value),
        !holder.template.transforms.extendsLanguage,
        !holder.template.hiddenParts.contains(where: { $0.extent == .template }),
        !holder.isHidden(fault.range),
        reach.contains(id)
      else { return nil }
      return Diagnostic(
        rule: Self.description.id, severity: .error, .invalid(holder, fault), at: holder.location,
        service: holder.service, construct: holder.construct,
        notes: [.init(.stands(fault), at: holder.template.location(of: fault.range))],
        fix: fix(fault, holder, value), identity: holder.identity)
    }
  }

  /// The first part that is no text.
  private func fault(_ value: Node) -> Node? {
    switch value.kind {
    case .scalar: value.isNull ? value : nil
    case .sequence: value.elements.first { $0.kind != .scalar || $0.isNull }
    case .mapping: value
    }
  }

  private func fix(_ fault: Node, _ holder: Holder, _ value: Node) -> Fix? {
    guard let call = Intrinsic(fault) else { return nil }
    switch call.name {
    case "Ref", "GetAtt", "Sub":
      let named = Reference.all(in: fault).map(\.name).filter { holder.template[$0] != nil }
      guard let name = named.first else { return nil }
      let list = value.kind == .sequence ? value.elements.map { $0 == fault ? name : $0.text ?? "…" } : [name]
      return Fix(summary: "\(Diagnostic.Message.plain(list))")
    case "If": return Fix(summary: "\(Diagnostic.Message.conditional(holder))")
    default: return nil
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func invalid(_ holder: Holder, _ fault: Node) -> Self {
    let id = holder.resource.logicalID
    let reason =
      fault.kind == .scalar
      ? "[/Resources/\(id)/DependsOn] 'null' values are not allowed in templates"
      : "DependsOn must be a string or list of strings"
    return "CloudFormation will refuse the template: Template format error: \(reason)"
  }

  fileprivate static func stands(_ fault: Node) -> Self {
    let word =
      switch fault.kind {
      case .scalar: "nothing"
      case .sequence: "a list"
      case .mapping: Intrinsic(fault).map { $0.name == "Ref" ? "Ref" : "Fn::\($0.name)" } ?? "a mapping"
      }
    return "\(word) stands here"
  }

  fileprivate static func plain(_ list: [String]) -> Self {
    "name the logical ID without a function: `DependsOn: [\(list.joined(separator: ", "))]`"
  }

  fileprivate static func conditional(_ holder: Holder) -> Self {
    """
    a DependsOn cannot depend on a condition: give \(holder.resource.logicalID) and what it waits for the same \
    Condition, or move the Fn::If with a Ref into the Metadata of \(holder.resource.logicalID), which orders the two \
    too, though only by reference
    """
  }
}

extension InvalidDependsOn {
  static let manual = RuleManual(
    finds: """
      A `DependsOn` that is neither a text nor a list of texts: a `!Ref`, an `!If`, another function or a mapping in its
      place or in its list, or nothing at all behind the colon.
      """,
    effect: """
      CloudFormation refuses the template before anything runs: `Template format error: DependsOn must be a string or list
      of strings`; the text `Every DependsOn value must be a string` is seen as well. Nothing behind the colon is `null`,
      and refused as such: `'null' values are not allowed in templates`.
      """,
    example: .template(
      """
       Resources:
         Task:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions: [{Name: app, Image: "shop:1"}]
         Api:
           Type: AWS::ECS::Service
           Properties: {TaskDefinition: !Ref Task}
         Worker:
           Type: AWS::ECS::Service
      -    DependsOn: !Ref Api
      +    DependsOn: Api
           Properties: {TaskDefinition: !Ref Task}
      """),
    urgency: """
      Yes: no deployment with this template begins. What runs stays as it is.
      """,
    cost: """
      Nothing where the logical ID can stand there plainly. Where the order was to depend on a condition, it cannot: give
      both resources the same `Condition`, or let an `Fn::If` with a `Ref` in `Metadata` wait, which is an order by
      reference only ([implicit-order](implicit-order.md)).
      """,
    falseAlarms: """
      With `AWS::LanguageExtensions` functions in a `DependsOn` are worked out first, and a macro may make anything of it:
      templates with either are silent. A list with nothing in it is allowed. A property called `DependsOn` in another
      place, as containers have it, is not looked at by this rule.
      """,
    sources: [
      "https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1015",
      "https://cloudonaut.io/optional-dependson-with-cloudformation-metadata-to-the-rescue",
      "https://github.com/aws-cloudformation/cfn-language-discussion/issues/109",
    ])
}
