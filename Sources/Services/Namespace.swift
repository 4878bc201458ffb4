package import Deployment
import Templates

/// The Cloud Map namespace of a service, as far as the templates tell which one it is.
package enum Namespace: Hashable, Sendable {
  /// Created in the group.
  case resource(ResourceID)
  /// Known by a text: a name, an ARN, or a text with holes such as an import. Equal texts are one namespace.
  case text(String)
  /// The default of a cluster outside the templates, known by the text that names the cluster.
  case defaultOfCluster(String)
  /// Nothing tells which; never equal to another one.
  case unknown

  /// Whether two services surely share a namespace.
  package func isSame(as other: Namespace) -> Bool { self == other && self != .unknown }
}

/// Finds the namespace that a service is in: its own, else the default of its cluster.
struct NamespaceTable {
  private let evaluator: Evaluator
  /// The namespace resources of the group by the text of their `Name`.
  private var byName: [String: [ResourceID]] = [:]
  private var clustersByName: [String: [ResourceID]] = [:]

  init(_ evaluator: Evaluator) {
    self.evaluator = evaluator
    for id in evaluator.group.resourceIDs(ofTypes: namespaceTypes.union(["AWS::ECS::Cluster"])) {
      let resource = evaluator.group[id]
      if namespaceTypes.contains(resource.type), let name = property("Name", of: id) {
        byName[name, default: []].append(id)
      } else if resource.type == "AWS::ECS::Cluster", let name = property("ClusterName", of: id) {
        clustersByName[name, default: []].append(id)
      }
    }
  }

  /// - Parameters:
  ///   - node: the `Namespace` of a Service Connect configuration, if there is one.
  ///   - cluster: the `Cluster` of the service.
  func namespace(_ node: Node?, cluster: Node?, in stack: Int) -> Namespace {
    if let node { return evaluator.text(of: node, in: stack).map { namespace(named: $0, in: stack) } ?? .unknown }
    guard let cluster else { return .defaultOfCluster("default") }
    guard let text = evaluator.text(of: cluster, in: stack) else { return .unknown }
    guard let id = resource(text, ofType: ["AWS::ECS::Cluster"]) ?? nearest(clustersByName[text], to: stack) else {
      return .defaultOfCluster(text)
    }
    guard let value = evaluator.group[id].properties?["ServiceConnectDefaults"]?["Namespace"] else {
      // ECS knows no namespace for such a cluster; the services of one cluster still share what somebody sets later.
      return .defaultOfCluster(text)
    }
    return namespace(value, cluster: nil, in: id.stack)
  }

  /// The name of a namespace, the part of default host names after the dot.
  func name(of namespace: Namespace) -> String? {
    switch namespace {
    case .resource(let id): property("Name", of: id)
    case .text(let text): text.hasPrefix("arn:") || evaluator.holes.soleHole(in: text) != nil ? nil : text
    case .defaultOfCluster, .unknown: nil
    }
  }

  /// Whether two namespaces surely differ. What a template does not tell may be the same, and so may an ARN and a name, or
  /// two resources of one name.
  func areApart(_ one: Namespace, _ other: Namespace) -> Bool {
    switch (one, other) {
    case (.resource(let a), .resource(let b)): a != b
    case (.resource(let id), .text(let text)), (.text(let text), .resource(let id)):
      name(of: .resource(id)).map { isPlainName($0) && isPlainName(text) && $0 != text } ?? false
    case (.text(let a), .text(let b)):
      a != b && !HoleTable.hasHole(a + b) && a.hasPrefix("arn:") == b.hasPrefix("arn:")
    case (.defaultOfCluster, _), (_, .defaultOfCluster), (.unknown, _), (_, .unknown): false
    }
  }

  private func isPlainName(_ text: String) -> Bool { !text.hasPrefix("arn:") && !HoleTable.hasHole(text) }

  /// The namespace resource that a `NamespaceId` means.
  func resource(of node: Node, in stack: Int) -> ResourceID? {
    evaluator.text(of: node, in: stack).flatMap { resource($0, ofType: namespaceTypes) }
  }

  private func namespace(named text: String, in stack: Int) -> Namespace {
    if let id = resource(text, ofType: namespaceTypes) ?? nearest(byName[text], to: stack) { return .resource(id) }
    return .text(text)
  }

  private func resource(_ text: String, ofType types: Set<String>) -> ResourceID? {
    guard case .resource(let id, _) = evaluator.holes.soleHole(in: text) else { return nil }
    return types.contains(evaluator.group[id].type) ? id : nil
  }

  /// The one in the same stack, else the only one: two resources with one name are two namespaces.
  private func nearest(_ candidates: [ResourceID]?, to stack: Int) -> ResourceID? {
    guard let candidates else { return nil }
    let own = candidates.filter { $0.stack == stack }
    let found = own.isEmpty ? candidates : own
    return found.count == 1 ? found[0] : nil
  }

  private func property(_ name: String, of id: ResourceID) -> String? {
    evaluator.group[id].properties?[name].flatMap { evaluator.text(of: $0, in: id.stack) }
  }
}

let namespaceTypes: Set<String> = [
  "AWS::ServiceDiscovery::HttpNamespace", "AWS::ServiceDiscovery::PrivateDnsNamespace",
  "AWS::ServiceDiscovery::PublicDnsNamespace",
]
