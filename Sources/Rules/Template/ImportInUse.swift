import Deployment
import Diagnostics
import Services
import Templates

/// An export that the change takes away or changes while another stack imports it. CloudFormation refuses the update
/// as long as the deployed importer uses the export, even if the same change lets the importer go without.
///
/// https://github.com/aws/aws-cdk/issues/7602
struct ImportInUse: Rule {
  static let description = RuleDescription(
    id: "import-in-use", severity: .warning, group: .template,
    summary: "an export removed or changed while another stack imports it", needsOldSide: true)

  func check(_ change: Change) -> [Diagnostic] {
    guard let old = change.old else { return [] }
    let imports = old.group.stacks.map { ($0, StackExports.imports(of: $0.template)) }
    return change.new.group.stacks.flatMap { stack -> [Diagnostic] in
      guard let before = old.group.stacks.first(where: { $0.isSame(as: stack) }) else { return [] }
      let exports = StackExports(stack)
      return StackExports(before).all.compactMap { name, export -> Diagnostic? in
        let now = exports[name]
        guard now?.value != export.value else { return nil }
        let users = imports.filter { !$0.0.isSame(as: before) && $0.1[name] != nil }.map(\.0)
        guard let user = users.first, ([before] + users).contains(where: \.hasService) else { return nil }
        return diagnostic(name, now, stack, user, change)
      }
    }
  }

  private func diagnostic(
    _ name: String, _ now: StackExports.Export?, _ stack: Stack, _ user: Stack, _ change: Change
  ) -> Diagnostic {
    let template = stack.template
    let remaining = change.new.group.stacks.first { $0.isSame(as: user) }
    let use = remaining.flatMap { StackExports.imports(of: $0.template)[name] }
    let place = now.map { template.location(of: $0.key) } ?? template.outputsLocation
    return Diagnostic(
      rule: Self.description.id, severity: .warning, .refused(name, stack, user, isGone: now == nil),
      at: place,
      notes: use.flatMap { use in remaining.map { [.init(.imports(user), at: $0.template.location(of: use))] }
      } ?? [],
      fix: Fix(
        summary: now == nil ? "\(Diagnostic.Message.keep(stack, user))" : "\(Diagnostic.Message.rename(user))"
      ),
      identity: [template.path.description, name, user.title])
  }
}

extension Stack {
  fileprivate var title: String { name ?? template.path.description }
  fileprivate var hasService: Bool { template.resources.contains { $0.type == "AWS::ECS::Service" } }
  fileprivate func isSame(as other: Stack) -> Bool {
    title == other.title && template.path == other.template.path
  }
}

extension Template {
  /// Where something is missing from the outputs.
  fileprivate var outputsLocation: Location {
    let keys = document.root.entries.map(\.key)
    return keys.first { $0.isScalar("Outputs") }.map(location(of:)) ?? location(of: 0..<0)
  }
}

extension Diagnostic.Message {
  fileprivate static func refused(_ name: String, _ stack: Stack, _ user: Stack, isGone: Bool) -> Self {
    """
    CloudFormation will refuse the update of stack \(stack.title): Export \(name) cannot be \
    \(isGone ? "deleted" : "updated") as it is in use by \(user.title)
    """
  }

  fileprivate static func imports(_ user: Stack) -> Self { "\(user.title) imports it here" }

  fileprivate static func keep(_ stack: Stack, _ user: Stack) -> Self {
    let how = stack.isSynthesised ? " (`this.exportValue(…)` in the app)" : ""
    return """
      keep the export for one deployment more\(how), deploy \(user.title) without the import, and then take the export \
      away
      """
  }

  fileprivate static func rename(_ user: Stack) -> Self {
    "export the new value under a new name, let \(user.title) import that, and then take the old export away"
  }
}

extension ImportInUse {
  static let manual = RuleManual(
    finds: """
      An export that the change takes away, or gives another value, while another stack that was read imports it by
      `Fn::ImportValue`, and one of the two has an ECS service. It is compared with the side before the change, so it is
      found even where the same change removes the import.
      """,
    effect: """
      CloudFormation refuses the update of the exporting stack: `Export … cannot be deleted as it is in use by …`, or
      `cannot be updated`. In an app of several stacks the exporting one is deployed first, while the importer is still
      deployed with the import: the order that the import needs is the opposite of the one that its removal needs.
      """,
    example: .files(
      [
        .init(
          "manifest.json",
          """
           {"version": "55.0.0", "artifacts": {
             "Base": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "Base.template.yaml"}},
             "Web": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "Web.template.yaml"},
               "dependencies": ["Base"]}}}
          """),
        .init(
          "Base.template.yaml",
          """
           Resources:
             Cluster:
               Type: AWS::ECS::Cluster
          +Outputs:
          +  Cluster: {Value: !Ref Cluster, Export: {Name: base-cluster}}
          """),
        .init(
          "Web.template.yaml",
          """
           Resources:
             Task:
               Type: AWS::ECS::TaskDefinition
               Properties:
                 NetworkMode: awsvpc
                 ContainerDefinitions: [{Name: web, Image: "web:2"}]
             Web:
               Type: AWS::ECS::Service
               Properties: {Cluster: default, TaskDefinition: !Ref Task}
          """),
      ],
      since: [
        .init(
          "manifest.json",
          """
          {"version": "55.0.0", "artifacts": {
            "Base": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "Base.template.yaml"}},
            "Web": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "Web.template.yaml"},
              "dependencies": ["Base"]}}}
          """),
        .init(
          "Base.template.yaml",
          """
          Resources:
            Cluster:
              Type: AWS::ECS::Cluster
          Outputs:
            Cluster: {Value: !Ref Cluster, Export: {Name: base-cluster}}
          """),
        .init(
          "Web.template.yaml",
          """
          Resources:
            Task:
              Type: AWS::ECS::TaskDefinition
              Properties:
                NetworkMode: awsvpc
                ContainerDefinitions: [{Name: web, Image: "web:1"}]
            Web:
              Type: AWS::ECS::Service
              Properties: {Cluster: !ImportValue base-cluster, TaskDefinition: !Ref Task}
          """),
      ]),
    cdk: """
      The CDK drops the export together with the last use of it. Keep it for one deployment more, in the exporting stack:

      ```ts
      this.exportValue(cluster.clusterName);
      ```
      """,
    urgency: """
      Yes, where both stacks are deployed as the side before the change has them. It is a *warning*, because git does not
      know what is deployed: if the importer was deployed without the import in between, the update goes through.
      """,
    cost: """
      Two deployments in place of one: first the importer goes without, then the export goes. A value that changes needs a
      new export under a new name beside the old one.
      """,
    falseAlarms: """
      An export that nothing of what was read imports is silent, and so is one whose value is the same in another
      spelling. Names that hold a parameter without a default are not compared. Stacks are those of one assembly, one
      parent or one row of `stacks:`; an importer elsewhere is not known.
      """,
    sources: [
      "https://github.com/aws/aws-cdk/issues/7602",
      "https://github.com/aws/aws-cdk/issues/10961",
      "https://github.com/aws/aws-cdk/issues/3414",
      "https://github.com/aws/aws-cdk/issues/19032",
    ])
}
