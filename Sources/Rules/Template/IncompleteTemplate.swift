import Deployment
import Diagnostics
import Services
import Templates

/// A template with ECS services of which a part is not there to be read: what a macro, an include or a loop over an
/// unknown list puts in may hold services, connections and the order that seems to be missing.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-reference.html
struct IncompleteTemplate: Rule {
  static let description = RuleDescription(
    id: "incomplete-template", severity: .notice, group: .template,
    summary: "an include or macro hides part of a template with ECS services, so order could not be judged")

  func check(_ change: Change) -> [Diagnostic] {
    let reach = Reach(change)
    var seen: Set<Path> = []
    if change.new.order.conditions.isExhausted, let diagnostic = tooManyConditions(change) { return [diagnostic] }
    return change.new.group.stacks.enumerated().compactMap { index, stack in
      let template = stack.template
      let parts = template.hiddenParts.filter { part in
        switch part.extent {
        case .template, .resources: reach.touches(stack: index) || part.reason == .loop(makesServices: true)
        case .resource(let resource): reach.contains(ResourceID(stack: index, index: resource))
        }
      }
      guard !parts.isEmpty, seen.insert(template.path).inserted else { return nil }
      return diagnostic(parts, template)
    }
  }

  /// Stands at the conditions around the first affected service: none of them is more to blame than another.
  private func tooManyConditions(_ change: Change) -> Diagnostic? {
    guard let service = change.new.services.first(where: { change.affected.contains($0.name) }) else { return nil }
    let template = change.new.group.template(of: service.id)
    let section = template.document.root.entries.first { $0.key.isScalar("Conditions") }
    return Diagnostic(
      rule: Self.description.id, severity: .notice, .tooManyConditions,
      at: section.map { template.location(of: $0.key) } ?? service.location,
      identity: [service.name.path.description, "conditions"])
  }

  private func diagnostic(_ parts: [HiddenPart], _ template: Template) -> Diagnostic {
    Diagnostic(
      rule: Self.description.id, severity: .notice, .cannotJudge(parts[0], template),
      at: parts[0].location(in: template),
      notes: parts.dropFirst().map { .init(.hides($0, template), at: $0.location(in: template)) },
      identity: [template.path.description] + Set(parts.map { $0.subject(in: template) }).sorted())
  }
}

extension HiddenPart {
  /// The name of a transform where there is one, which shows more than the bracket before it.
  fileprivate func location(in template: Template) -> Location {
    template.location(of: place["Name"] ?? place)
  }

  /// The logical ID of the resource that is hidden in part, or what hides more.
  fileprivate func subject(in template: Template) -> String {
    if case .resource(let index) = extent { return template.resources[index].logicalID }
    return "\(reason)"
  }
}

extension Diagnostic.Message {
  fileprivate static var tooManyConditions: Self {
    "the conditions of the template are too many to be judged together, so order under conditions was not judged"
  }

  fileprivate static func cannotJudge(_ part: HiddenPart, _ template: Template) -> Self {
    "\(hides(part, template)): the order of the services that this concerns was not judged"
  }

  fileprivate static func hides(_ part: HiddenPart, _ template: Template) -> Self {
    let what =
      switch part.extent {
      case .template: "anything in the template"
      case .resources: "resources"
      case .resource(let index): "a part of \(template.resources[index].logicalID)"
      }
    return switch part.reason {
    case .macro(let name): "the macro \(name) may change \(what) when CloudFormation runs it"
    case .include: "AWS::Include adds \(what) from a file that is not here"
    case .loop: "Fn::ForEach makes \(what) from a list that is not known"
    case .computedName: "a function computes a name in \(what)"
    case .module(let type): "\(type) makes \(what) that stand in the registry"
    case .rain(let name): "\(name) stands for \(what) until Rain packages the template"
    }
  }
}

extension IncompleteTemplate {
  static let manual = RuleManual(
    finds: """
      A template with affected ECS services of which a part cannot be read: a macro, an `AWS::Include`, a loop over a list
      that is not known, a name that a function computes, a module from the registry, or what Rain puts in when it
      packages the template. Also conditions that are too many to be judged together.
      """,
    effect: """
      Nothing goes wrong by this. The hidden part may hold services, connections, or the very `DependsOn` that seems to
      be missing, so other rules keep silent about what it concerns; the notice says that no finding there is no proof of
      order.
      """,
    example: .template(
      """
       Resources:
         WebTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions: [{Name: web, Image: "web:1"}]
         Web:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref WebTask
      -  Fn::Transform: {Name: AWS::Include, Parameters: {Location: "s3://shop-templates/worker.yaml"}}
      +  WorkerTask:
      +    Type: AWS::ECS::TaskDefinition
      +    Properties:
      +      NetworkMode: awsvpc
      +      ContainerDefinitions: [{Name: worker, Image: "worker:1"}]
      +  Worker:
      +    Type: AWS::ECS::Service
      +    Properties:
      +      TaskDefinition: !Ref WorkerTask
      """),
    urgency: """
      No. It tells about this run of Precede and not about the deployment.
      """,
    cost: """
      To be judged, the template has to be checked as CloudFormation gets it: the output of `rain pkg` or of another
      preprocessor, with `--all FILE` or from a folder of its own. Where that is not worth it, switch the rule off.
      """,
    falseAlarms: """
      Transforms that are known to leave ECS services alone (`AWS::Serverless-2016-10-31`, `AWS::LanguageExtensions` with
      lists that are written out, the one for blue/green deployments) are silent. So is a macro in a template without
      services, and an include in a resource on which no affected service depends.
      """,
    sources: [
      "https://github.com/aws-cloudformation/cfn-language-discussion/issues/109",
      "https://github.com/aws-cloudformation/cfn-lint/pull/4632",
    ])
}
