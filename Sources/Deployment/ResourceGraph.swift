package import Templates

/// The dependencies between the resources of one template, as CloudFormation derives them: `DependsOn`, and every
/// `Ref`, `Fn::GetAtt` and `Fn::Sub` in the properties, metadata and policies of a resource, in both branches of
/// `Fn::If`. Conditions, outputs and parameters order nothing.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html
package struct ResourceGraph: Sendable {
  /// Sorted by `from`, then by place.
  package let dependencies: [Dependency]
  /// Where the dependencies of a resource begin in `dependencies`; one more entry than there are resources.
  private let starts: [Int]
  /// For each resource those that name it in `DependsOn`.
  private let explicitDependents: [[Int]]

  package init(_ template: Template) {
    var dependencies: [Dependency] = []
    var starts = [0]
    for (from, resource) in template.resources.enumerated() {
      var edges = ResourceGraph.explicit(from, resource, template)
      for attribute in attributesWithReferences {
        guard let node = resource.body[attribute] else { continue }
        for reference in Reference.all(in: node) {
          guard let to = template.index(of: reference.name) else { continue }
          edges.append(
            Dependency(
              from: from, to: to, kind: reference.kind.dependency, range: reference.range, guards: reference.guards))
        }
      }
      edges.sort { $0.range.lowerBound < $1.range.lowerBound }
      dependencies += edges
      starts.append(dependencies.count)
    }
    self.dependencies = dependencies
    self.starts = starts
    var dependents = [[Int]](repeating: [], count: template.resources.count)
    for dependency in dependencies where dependency.kind == .dependsOn {
      dependents[dependency.to].append(dependency.from)
    }
    explicitDependents = dependents
  }

  /// What a resource waits for directly.
  package func dependencies(of index: Int) -> ArraySlice<Dependency> {
    dependencies[starts[index]..<starts[index + 1]]
  }

  /// The resources that take values from some, by whatever way, and these themselves.
  package func takers(of sources: [Int]) -> Set<Int> {
    guard !sources.isEmpty else { return [] }
    var direct: [Int: [Int]] = [:]
    for dependency in dependencies where dependency.kind != .dependsOn {
      direct[dependency.to, default: []].append(dependency.from)
    }
    var takers = Set(sources)
    var open = sources
    while let index = open.popLast() {
      for taker in direct[index] ?? [] where takers.insert(taker).inserted { open.append(taker) }
    }
    return takers
  }

  /// The resources that name this one in `DependsOn`.
  package func explicitDependents(of index: Int) -> [Int] { explicitDependents[index] }

  private static func explicit(_ from: Int, _ resource: Resource, _ template: Template) -> [Dependency] {
    guard let node = resource.dependsOn else { return [] }
    return ([node] + node.elements).compactMap { name in
      guard let to = name.text.flatMap(template.index) else { return nil }
      return Dependency(from: from, to: to, kind: .dependsOn, range: name.range, guards: [])
    }
  }
}

/// The attributes of a resource whose references are dependencies. Metadata counts, a widely used trick for conditional
/// order: https://cloudonaut.io/optional-dependson-with-cloudformation-metadata-to-the-rescue
let attributesWithReferences = ["Properties", "Metadata", "UpdatePolicy", "CreationPolicy"]

extension Reference.Kind {
  var dependency: Dependency.Kind {
    switch self {
    case .ref: .ref
    case .getAtt: .getAtt
    case .sub: .sub
    }
  }
}
