package import Deployment
package import Diagnostics
import Templates

/// A part of a resource that holds settings: an element of a list, a group of properties, all properties.
package struct Part: Sendable {
  let node: Node
  let stack: Int
  /// What must hold for the part to be there, given that the resource is.
  package let premises: [Premise]
  let spot: Spot

  package var location: Location { spot.location }

  func when(_ premises: [Premise]) -> Part {
    Part(node: node, stack: stack, premises: premises, spot: spot)
  }
}

/// The elements of a list of parts.
package struct Parts: Sendable {
  package let all: [Part]
  /// What must hold for the list to be there, empty or not: any of these.
  package let presence: [[Premise]]
  /// Whether the templates tell all elements.
  package let isComplete: Bool
}

extension ResourceResolver {
  /// Whether a macro, an include or a loop may add to what the template writes of a resource.
  package func mayHaveMore(_ id: ResourceID) -> Bool { evaluator.group.template(of: id).mayHaveMore(in: id.index) }

  /// All properties of a resource.
  package func properties(of id: ResourceID) -> Part? {
    evaluator.group[id].properties.map { part($0, in: id.stack, when: []) }
  }

  /// A property on a way of keys, through `Fn::If` at every step.
  package func setting(_ keys: String..., in part: Part?) -> Setting {
    guard let part else { return Setting(values: []) }
    return Setting(values: found(keys, in: part).flatMap { values(of: $0, in: part.stack) })
  }

  /// The elements of a list of single values on a way of keys, all as one setting.
  package func items(_ keys: String..., in part: Part?) -> Setting {
    guard let part else { return Setting(values: []) }
    let elements = found(keys, in: part).flatMap { list -> [Conditional<Node>] in
      guard list.value.kind == .sequence else { return [list] }
      return list.value.elements.flatMap { branches(of: $0, in: part.stack) }.map { $0.adding(list.premises) }
    }
    return Setting(values: elements.flatMap { values(of: $0, in: part.stack) })
  }

  /// What must hold for a property to be there, whatever it is: any of these.
  package func presence(of keys: String..., in part: Part?) -> [[Premise]] {
    part.map { found(keys, in: $0).map(\.premises) } ?? []
  }

  private func values(of found: Conditional<Node>, in stack: Int) -> [Conditional<Setting.Value>] {
    let spot = spot(of: found.value, in: stack)
    let unknown = Setting.Value(pattern: nil, shown: "…", spot: spot)
    guard let call = Intrinsic(found.value) else {
      guard let text = found.value.text else { return [Conditional(unknown, when: found.premises)] }
      // `Key:` without a value is no value.
      if found.value.isNull { return [] }
      let literal = HoleTable.literal(text)
      return [Conditional(Setting.Value(pattern: literal, shown: text, spot: spot), when: found.premises)]
    }
    let texts = evaluator.values(of: found.value, in: stack)
    // A parameter may stand for `AWS::NoValue`; of other functions nothing is known.
    if texts.isEmpty, call.name != "Ref" { return [Conditional(unknown, when: found.premises)] }
    return texts.map { text in
      let pattern = evaluator.hasComputedHole(text.value) ? nil : text.value
      let shown = evaluator.display(text.value)
      return Conditional(
        Setting.Value(pattern: pattern, shown: shown, spot: spot), when: found.premises + text.premises)
    }
  }

  /// A list of parts on a way of keys.
  package func parts(_ keys: String..., in part: Part?) -> Parts {
    guard let part else { return Parts(all: [], presence: [], isComplete: true) }
    var isComplete = true
    let lists = found(keys, in: part)
    let elements = lists.flatMap { list -> [Part] in
      guard list.value.kind == .sequence else {
        if !list.value.isNull { isComplete = false }
        return []
      }
      return list.value.elements.flatMap { branches(of: $0, in: part.stack) }.compactMap { element in
        guard element.value.kind == .mapping, Intrinsic(element.value) == nil else {
          isComplete = false
          return nil
        }
        return self.part(element.value, in: part.stack, when: list.premises + element.premises)
      }
    }
    return Parts(all: elements, presence: lists.map(\.premises), isComplete: isComplete)
  }

  /// Groups of properties on a way of keys, one for each way in which it is there.
  package func groups(_ keys: String..., in part: Part?) -> [Part] {
    guard let part else { return [] }
    return found(keys, in: part).filter { $0.value.kind == .mapping && Intrinsic($0.value) == nil }
      .map { self.part($0.value, in: part.stack, when: $0.premises) }
  }

  /// The resource that a value means as a whole, and the attribute of it; no attribute for `Ref`.
  func resource(in pattern: String, ofType types: Set<String>) -> (id: ResourceID, attribute: String?)? {
    guard case .resource(let id, let attribute) = evaluator.holes.soleHole(in: pattern),
      types.contains(evaluator.group[id].type)
    else { return nil }
    return (id, attribute)
  }

  /// What stands at the end of a way of keys, in each deployment that has it. A function on the way that nothing is known
  /// of stands for its end.
  private func found(_ keys: [String], in part: Part) -> [Conditional<Node>] {
    keys.reduce([Conditional(part.node, when: part.premises)]) { nodes, key in
      nodes.flatMap { node -> [Conditional<Node>] in
        if Intrinsic(node.value) != nil { return [node] }
        guard let value = node.value[key] else { return [] }
        return branches(of: value, in: part.stack).map { $0.adding(node.premises) }
      }
    }
  }

  /// What a node stands for; an `Fn::If` that cannot be read stands for itself.
  private func branches(of node: Node, in stack: Int) -> [Conditional<Node>] {
    let branches = evaluator.branches(of: node, in: stack)
    return branches.isEmpty && Intrinsic(node)?.name == "If" ? [Conditional(node)] : branches
  }

  private func part(_ node: Node, in stack: Int, when premises: [Premise]) -> Part {
    Part(node: node, stack: stack, premises: premises, spot: spot(of: node, in: stack))
  }

  private func spot(of node: Node, in stack: Int) -> Spot { evaluator.group.stacks[stack].template.spot(of: node) }
}
