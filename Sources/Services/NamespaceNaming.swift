package import Deployment
package import Diagnostics
import Templates

/// A service or cluster that names a namespace of the group by its name, which orders nothing.
package struct NamespaceNaming: Sendable {
  /// The service or cluster.
  package let holder: ResourceID
  package let namespace: ResourceID
  /// The name, for people.
  package let name: String
  /// Where it stands.
  package let location: Location
  /// What must hold for the holder to name it.
  package let premises: [Premise]

  /// Those of a model, in the order of resources.
  package static func all(in model: ServiceModel) -> [NamespaceNaming] {
    let group = model.group
    let ids = group.resourceIDs
    guard ids.contains(where: { namespaceTypes.contains(group[$0].type) }) else { return [] }
    let evaluator = Evaluator(group)
    let table = NamespaceTable(evaluator)
    return ids.flatMap { id -> [NamespaceNaming] in
      let nodes: [Conditional<Node>]
      switch group[id].type {
      case "AWS::ECS::Service":
        let connect = model[id].connect
        let list = group[id].properties?["ServiceConnectConfiguration"].map { evaluator.branches(of: $0, in: id.stack) }
        nodes =
          connect == nil
          ? []
          : (list ?? []).compactMap { branch in
            branch.value["Namespace"].map { Conditional($0, when: branch.premises) }
          }
      case "AWS::ECS::Cluster":
        nodes = [group[id].properties?["ServiceConnectDefaults"]?["Namespace"]].compactMap {
          $0.map { Conditional($0) }
        }
      default: nodes = []
      }
      return nodes.compactMap { naming(of: $0, by: id, evaluator, table) }
    }
  }

  private static func naming(
    of node: Conditional<Node>, by id: ResourceID, _ evaluator: Evaluator, _ table: NamespaceTable
  ) -> NamespaceNaming? {
    guard let text = evaluator.text(of: node.value, in: id.stack), evaluator.holes.soleHole(in: text) == nil,
      case .resource(let namespace) = table.namespace(node.value, cluster: nil, in: id.stack)
    else { return nil }
    return NamespaceNaming(
      holder: id, namespace: namespace, name: evaluator.display(text),
      location: evaluator.group.template(of: id).location(of: node.value), premises: node.premises)
  }
}
