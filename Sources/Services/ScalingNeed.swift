package import Deployment
package import Diagnostics
import Templates

/// A scalable target or scaling policy of Application Auto Scaling, and what must be there before it is made: a service
/// before its target, a target before its policies.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-applicationautoscaling-scalabletarget.html
package struct ScalingNeed: Sendable {
  /// The target or policy.
  package let id: ResourceID
  /// The service of a target, the target of a policy.
  package let needed: ResourceID
  /// The service that is scaled in the end.
  package let service: ResourceID
  /// The place that names what is scaled.
  package let location: Location
  /// When that place means it.
  package let premises: [Premise]

  /// Every target whose service, and every policy whose target stands in the same template, in the order of the source.
  package static func all(in model: ServiceModel) -> [ScalingNeed] {
    guard !model.services.isEmpty else { return [] }
    let group = model.group
    let ids = group.resourceIDs { $0.hasPrefix("AWS::ApplicationAutoScaling::") }
    guard !ids.isEmpty else { return [] }
    return ScalingReader(Evaluator(group), model.services, ids).needs()
  }
}

/// Finds what targets and policies scale. A `ResourceId` is `service/<cluster>/<service>`, by the names of both.
private struct ScalingReader {
  /// Names of a cluster and of a service in one stack.
  private struct Name: Hashable {
    let stack: Int
    let cluster: String
    let service: String
  }

  /// What a policy belongs to.
  private struct Scaled: Hashable {
    let name: Name
    let dimension: String
  }

  private let evaluator: Evaluator
  private let ids: [ResourceID]
  private var services: [Name: [Conditional<ResourceID>]] = [:]
  private var targets: [Scaled: [Conditional<ResourceID>]] = [:]

  init(_ evaluator: Evaluator, _ services: [Service], _ ids: [ResourceID]) {
    self.evaluator = evaluator
    self.ids = ids
    for service in services {
      for (name, premises) in names(of: service.id) {
        self.services[name, default: []].append(Conditional(service.id, when: premises))
      }
    }
    for id in ids where evaluator.group[id].type == "AWS::ApplicationAutoScaling::ScalableTarget" {
      for scaled in scaled(by: id) { targets[scaled.value, default: []].append(Conditional(id, when: scaled.premises)) }
    }
  }

  func needs() -> [ScalingNeed] {
    var seen: Set<[ResourceID]> = []
    return ids.flatMap { id -> [ScalingNeed] in
      let isTarget = evaluator.group[id].type == "AWS::ApplicationAutoScaling::ScalableTarget"
      guard isTarget || evaluator.group[id].type == "AWS::ApplicationAutoScaling::ScalingPolicy",
        let place = place(id)
      else { return [] }
      return scaled(by: id).flatMap { scaled -> [ScalingNeed] in
        guard let services = services[scaled.value.name], let service = services.first else { return [] }
        return (isTarget ? services : targets[scaled.value] ?? []).filter { seen.insert([id, $0.value]).inserted }
          .map { needed in
            ScalingNeed(
              id: id, needed: needed.value, service: isTarget ? needed.value : service.value,
              location: evaluator.group.template(of: id).location(of: place),
              premises: scaled.premises + needed.premises)
          }
      }
    }
  }

  /// The value that names what is scaled.
  private func place(_ id: ResourceID) -> Node? {
    let properties = evaluator.group[id].properties
    return properties?["ResourceId"] ?? properties?["ScalingTargetId"]
  }

  /// What a target or policy scales. The `Ref` of a target is its three names with bars between them.
  private func scaled(by id: ResourceID) -> [Conditional<Scaled>] {
    let properties = evaluator.group[id].properties
    guard let node = place(id) else { return [] }
    let dimension = properties?["ScalableDimension"].flatMap { evaluator.text(of: $0, in: id.stack) }
    return evaluator.values(of: node, in: id.stack).compactMap { text in
      let parts = text.value.split(separator: "|", omittingEmptySubsequences: false)
      let dimension = parts.count == 3 ? String(parts[1]) : dimension
      guard let dimension, let name = name(in: parts[0], id.stack) else { return nil }
      return Conditional(Scaled(name: name, dimension: dimension), when: text.premises)
    }
  }

  private func name(in resourceID: Substring, _ stack: Int) -> Name? {
    let parts = resourceID.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, parts[0] == "service" else { return nil }
    return Name(stack: stack, cluster: cluster(parts[1]), service: parts[2])
  }

  private func names(of service: ResourceID) -> [(Name, [Premise])] {
    let properties = evaluator.group[service].properties
    let own = properties?["ServiceName"].map { evaluator.values(of: $0, in: service.stack) } ?? []
    // What CloudFormation makes up is known by the attribute alone.
    let generated = String(Character(evaluator.holes.scalar(for: .resource(service, attribute: "Name"))))
    let names = own.isEmpty ? [Conditional(generated)] : own
    let clusters =
      properties?["Cluster"].map { evaluator.values(of: $0, in: service.stack) } ?? [Conditional("default")]
    return names.flatMap { name in
      clusters.map { text in
        (
          Name(stack: service.stack, cluster: cluster(text.value), service: name.value), name.premises + text.premises
        )
      }
    }
  }

  /// The name of a cluster that is given by name, by ARN or by its resource.
  private func cluster(_ text: String) -> String {
    if case .resource(let id, _) = evaluator.holes.soleHole(in: text),
      evaluator.group[id].type == "AWS::ECS::Cluster"
    {
      return evaluator.group[id].properties?["ClusterName"].flatMap { evaluator.text(of: $0, in: id.stack) }
        ?? String(Character(evaluator.holes.scalar(for: .resource(id, attribute: nil))))
    }
    return text.hasPrefix("arn:") ? text.split(separator: "/").last.map(String.init) ?? text : text
  }
}
