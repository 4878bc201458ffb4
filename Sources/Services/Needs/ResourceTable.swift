import Deployment
import Diagnostics
import Templates

/// The resources of a group by type, and what values lead to.
struct ResourceTable {
  let evaluator: Evaluator
  private let ids: [String: [ResourceID]]

  init(_ evaluator: Evaluator) {
    self.evaluator = evaluator
    ids = Dictionary(grouping: evaluator.group.resourceIDs) { evaluator.group[$0].type }
  }

  var group: TemplateGroup { evaluator.group }

  /// The resources of some types, type by type.
  func all(_ types: String...) -> [ResourceID] { types.flatMap { ids[$0] ?? [] } }

  func properties(of id: ResourceID) -> Node? { group[id].properties }

  /// The resources that a value stands for by `Ref` or `Fn::GetAtt`, also through parameters, outputs and imports.
  func targets(of node: Node?, in stack: Int) -> [Conditional<ResourceID>] {
    guard let node else { return [] }
    return evaluator.values(of: node, in: stack).compactMap { text in
      guard case .resource(let id, _) = evaluator.holes.soleHole(in: text.value) else { return nil }
      return Conditional(id, when: text.premises)
    }
  }

  func elements(of node: Node?, in stack: Int) -> [Conditional<Node>] {
    node.map { evaluator.elements(of: $0, in: stack) } ?? []
  }

  /// The resources that the elements of a list stand for.
  func targets(ofElements node: Node?, in stack: Int) -> [Conditional<ResourceID>] {
    elements(of: node, in: stack).flatMap { element in
      targets(of: element.value, in: stack).map { $0.adding(element.premises) }
    }
  }

  func values(of node: Node?, in stack: Int) -> [Conditional<String>] {
    node.map { evaluator.values(of: $0, in: stack) } ?? []
  }

  func texts(of node: Node?, in stack: Int) -> Set<String> {
    Set(node.map { evaluator.texts(of: $0, in: stack) } ?? [])
  }

  /// What a value may be, with one text for a resource whether the value is its name or its ARN.
  func names(of node: Node?, in stack: Int) -> [Conditional<String>] {
    values(of: node, in: stack).map { text in
      guard case .resource(let id, "Arn") = evaluator.holes.soleHole(in: text.value) else { return text }
      let scalar = evaluator.holes.scalar(for: .resource(id, attribute: nil))
      return Conditional(String(Character(scalar)), when: text.premises)
    }
  }

  func provider(_ id: ResourceID, shownBy node: Node?, when premises: [Premise] = []) -> Need.Provider {
    Need.Provider(
      id: id, name: group[id].logicalID, spot: node.map { spot(of: $0, id) } ?? group.spot(of: id),
      ways: [premises])
  }

  func spot(of node: Node, _ id: ResourceID) -> Spot { group.template(of: id).spot(of: node) }
}
