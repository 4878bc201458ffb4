import Diagnostics

/// A template that cannot be read, so that nothing in it was checked. Which files count as templates although they
/// cannot be read is decided where they are read.
struct UnreadableTemplate: Rule {
  static let description = RuleDescription(
    id: "unreadable-template", severity: .error, group: .template, summary: "a template that cannot be parsed",
    subject: .template)

  func check(_ change: Change) -> [Diagnostic] {
    change.unreadable.map { template in
      Diagnostic(
        rule: Self.description.id, severity: .error, .cannotBeRead(template), at: template.location,
        identity: [template.location.path.description])
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func cannotBeRead(_ template: Change.Unreadable) -> Self {
    "the template cannot be read, so nothing in it was checked: \(template.reason)"
  }
}

extension UnreadableTemplate {
  static let manual = RuleManual(
    finds: """
      A file that is a template and cannot be parsed as YAML or JSON, with the line and column where reading stopped. It
      counts as a template when its side before the change was one, when a manifest or `templates:` in the configuration
      names it, or when `AWS::ECS::` stands in it.
      """,
    effect: """
      CloudFormation refuses such a file too: `Template format error: YAML not well-formed`, or `JSON not well-formed`. In
      Precede nothing in it was checked, and a run that could not look must not look like one that found nothing: hence an
      error, whatever else is in the change.
      """,
    example: .template(
      """
       Resources:
         Task:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
      -<<<<<<< HEAD
      -        - {Name: web, Image: "web:2"}
      -=======
               - {Name: web, Image: "web:3"}
      ->>>>>>> release
         Web:
           Type: AWS::ECS::Service
           Properties: {TaskDefinition: !Ref Task}
      """),
    urgency: """
      Yes, the file cannot be deployed. If it is no template, and only looks like one, leave it out by `exclude:` in the
      configuration.
      """,
    cost: """
      Nothing. What is found below the fault once it can be read is a matter of its own.
      """,
    falseAlarms: """
      Files with `{{ }}` or `{% %}` are made into templates by another program first and are skipped, unless the side
      before the change could be read. Documents of other kinds (workflows, Compose files) are none of its business, even
      broken. Unknown tags and CloudFormation's own (`!Sub`, `!Rain::Module`) are read, as are anchors, several styles of
      quotes and a byte order mark.
      """,
    sources: [])
}
