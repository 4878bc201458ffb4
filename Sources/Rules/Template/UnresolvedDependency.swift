import Deployment
import Diagnostics
import Templates

/// A `DependsOn`, `Ref`, `Fn::GetAtt` or `Fn::Sub` that names what the template does not have. CloudFormation refuses
/// the template before anything runs; resources of other templates, nested ones too, cannot be named.
///
/// https://github.com/aws/aws-cdk/issues/4406
struct UnresolvedDependency: Rule {
  static let description = RuleDescription(
    id: "unresolved-dependency", severity: .error, group: .template,
    summary: "DependsOn, Ref, GetAtt or Sub to what is not in the template")

  func check(_ change: Change) -> [Diagnostic] {
    let reach = Reach(change)
    return change.new.group.resourceIDs.compactMap { id in
      let holder = Holder(id, in: change)
      let template = holder.template
      let names = UnresolvedName.all(in: holder.resource, of: template).filter { name in
        // What stands for a name until the template is packaged or filled in is none.
        !name.name.contains("::") && !name.name.contains("{") && template.conditions[name.name] == nil
          && !template.mayHave(name.name) && !holder.isHidden(name.range)
      }
      guard !names.isEmpty, reach.contains(id) else { return nil }
      return diagnostic(names, holder, id, change)
    }
  }

  private func diagnostic(
    _ names: [UnresolvedName], _ holder: Holder, _ id: ResourceID, _ change: Change
  ) -> Diagnostic {
    var seen: Set<String> = []
    let first = names.filter { seen.insert($0.name).inserted }
    return Diagnostic(
      rule: Self.description.id, severity: .error, .unresolved(first.map(\.name)), at: holder.location,
      service: holder.service, construct: holder.construct,
      notes: names.prefix(mostShown).map {
        .init(.names($0, holder), at: holder.template.location(of: $0.range))
      },
      fix: fix(first, holder, id, change), identity: holder.identity + first.map(\.name).sorted())
  }

  private func fix(_ names: [UnresolvedName], _ holder: Holder, _ id: ResourceID, _ change: Change) -> Fix? {
    let stacks = change.new.group.stacks
    for name in names {
      if let owner = stacks.indices.first(where: { stacks[$0].template.index(of: name.name) != nil }) {
        if let parent = stacks[owner].parent, parent.stack == id.stack {
          return Fix(summary: "\(Diagnostic.Message.nested(name, change.new.group[parent]))")
        }
        return Fix(summary: "\(Diagnostic.Message.elsewhere(name, stacks[owner].template))")
      }
      if let dot = name.name.firstIndex(of: "."), holder.template[String(name.name[..<dot])] != nil {
        return Fix(summary: "\(Diagnostic.Message.attribute(name))")
      }
      let written = holder.template.resources.map(\.logicalID) + holder.template.parameters.keys.sorted()
      if let similar = written.first(where: { $0.lowercased() == name.name.lowercased() }) {
        return Fix(summary: "\(Diagnostic.Message.misspelled(name, similar))")
      }
    }
    let hasNested = holder.template.resources.contains { $0.type == "AWS::CloudFormation::Stack" }
    guard stacks[id.stack].isSynthesised, hasNested, names.allSatisfy({ $0.kind == .dependsOn }) else {
      return nil
    }
    return Fix(summary: "\(Diagnostic.Message.flattened)")
  }
}

/// Names in a message and notes below it; of a resource that names a thousand nobody reads more.
private let mostShown = 10

extension Diagnostic.Message {
  fileprivate static func unresolved(_ names: [String]) -> Self {
    let list = names.prefix(mostShown).joined(separator: ", ") + (names.count > mostShown ? ", …" : "")
    return """
      CloudFormation will refuse the template: Template format error: Unresolved resource dependencies [\(list)] in \
      the Resources block of the template
      """
  }

  fileprivate static func names(_ name: UnresolvedName, _ holder: Holder) -> Self {
    "\(holder.resource.logicalID) names \(name.name) by \(name.kind.function) here"
  }

  fileprivate static func elsewhere(_ name: UnresolvedName, _ template: Template) -> Self {
    """
    \(name.name) is a resource of \(template.path), which another template cannot name: order the two stacks, and hand \
    values over by an export and Fn::ImportValue
    """
  }

  /// CDK 2.262.0 and 2.262.1 wrote such names: https://github.com/aws/aws-cdk/issues/38406
  fileprivate static func nested(_ name: UnresolvedName, _ stack: Resource) -> Self {
    """
    \(name.name) is a resource of the nested stack \(stack.logicalID): wait for \(stack.logicalID), which is there when \
    all of its resources are
    """
  }

  fileprivate static func misspelled(_ name: UnresolvedName, _ similar: String) -> Self {
    let text = name.kind == .sub ? ", or ${!\(name.name)} if the text itself is meant" : ""
    return "write \(similar) instead of \(name.name)\(text): logical IDs are case-sensitive"
  }

  fileprivate static func attribute(_ name: UnresolvedName) -> Self {
    "an attribute is read by Fn::GetAtt and not by \(name.kind.function): `!GetAtt \(name.name)`"
  }

  /// https://github.com/aws/aws-cdk/issues/38406
  fileprivate static var flattened: Self {
    """
    if these are resources of a nested stack, synthesise with another version of the CDK: 2.262.0 and 2.262.1 wrote \
    them into the DependsOn of the parent; the parent can only wait for the whole nested stack
    """
  }
}

extension UnresolvedDependency {
  static let manual = RuleManual(
    finds: """
      A `DependsOn`, `Ref`, `Fn::GetAtt` or `Fn::Sub` to a name that is neither a resource nor a parameter of the same
      template: a resource that was renamed or deleted, a slip in upper and lower case, a resource of another template or
      of a nested stack. One finding for each resource that holds such names, with a note for each place.
      """,
    effect: """
      CloudFormation refuses the template before anything runs: `Template format error: Unresolved resource dependencies
      [Listener] in the Resources block of the template`. A `DependsOn` reaches no further than its own template. CDK
      2.262.0 and 2.262.1 wrote the resources of nested stacks into the `DependsOn` of the parent, over a thousand in one
      app; such templates are refused too.
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
      -    DependsOn: [ApiService]
      +    DependsOn: [Api]
           Properties: {TaskDefinition: !Ref Task}
      """),
    cdk: """
      `cdk synth` writes such names by itself only where a version has the fault: synthesise with another one. For order
      across nested stacks let what is in one depend on what is in the other (`client.addDependency(server)`): it ends at
      the two `AWS::CloudFormation::Stack` resources of the parent.
      """,
    urgency: """
      Yes: no deployment with this template begins. What runs stays as it is.
      """,
    cost: """
      Nothing for a slip. To wait for a resource of a nested stack is to wait for the whole nested stack; across root
      stacks an export and `Fn::ImportValue` take the place, and the export cannot change while it is imported
      ([import-in-use](import-in-use.md)).
      """,
    falseAlarms: """
      Pseudo parameters, `${!Literal}`, variables of an `Fn::Sub` and of loops, IDs that SAM generates, and everything a
      macro or an include may add are not reported; nor is what a placeholder of another program stands for. Resources
      that no affected service waits for are left to cfn-lint.
      """,
    sources: [
      "https://github.com/aws/aws-cdk/issues/4406",
      "https://github.com/aws/aws-cdk/issues/4779",
      "https://github.com/aws/aws-cdk/issues/38406",
      "https://github.com/aws/aws-cdk/pull/38417",
    ])
}
