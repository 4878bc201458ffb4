import Templates

/// The resources of a template group that are written as before, where nothing else differs that their values may come
/// from: nobody has to ask what they mean. What is not among them may mean the same all the same.
package struct UnchangedResources: Sendable {
  private let ids: Set<ResourceID>

  /// None.
  package init() { ids = [] }

  /// - Parameter former: the ids of the old side by those of the new one.
  package init(_ former: [ResourceID: ResourceID], from old: TemplateGroup, to new: TemplateGroup) {
    let sides = Sides(old: old, new: new, former: former)
    ids = sides.giveSameValues ? Set(former.keys.filter(sides.areSame)) : []
  }

  package func contains(_ id: ResourceID) -> Bool { ids.contains(id) }
}

private struct Sides {
  let old: TemplateGroup
  let new: TemplateGroup
  let former: [ResourceID: ResourceID]

  /// Whether a resource is written as before and refers to the same resources.
  func areSame(_ id: ResourceID) -> Bool {
    guard let before = former[id], before.stack == id.stack, new[id].body.isSpelled(as: old[before].body) else {
      return false
    }
    let edges = new.stacks[id.stack].graph.dependencies(of: id.index)
    let earlier = old.stacks[id.stack].graph.dependencies(of: before.index)
    return edges.count == earlier.count
      && zip(edges, earlier).allSatisfy { edge, before in
        former[ResourceID(stack: id.stack, index: edge.to)] == ResourceID(stack: id.stack, index: before.to)
      }
  }

  /// Whether all that functions may look up is the same: what stacks are given and hand out, mappings and conditions, and
  /// the properties that resources repeat.
  var giveSameValues: Bool {
    old.stacks.count == new.stacks.count && zip(old.stacks, new.stacks).allSatisfy(giveSameValues)
      && former.allSatisfy { id, before in RepeatedProperty.areSame(old[before], new[id]) }
  }

  private func giveSameValues(_ before: Stack, _ now: Stack) -> Bool {
    guard before.template.path == now.template.path, before.name == now.name, areGivenSame(before, now) else {
      return false
    }
    return [\Template.parameters, \.mappings, \.conditions, \.outputs].allSatisfy { section in
      haveSame(before.template[keyPath: section], now.template[keyPath: section]) { $0.isSpelled(as: $1) }
    } && now.template.outputs.values.allSatisfy { refersToSame($0, before.template, now.template) }
  }

  /// Whether the arguments are the same, for a nested stack by the resource that stands for it.
  private func areGivenSame(_ before: Stack, _ now: Stack) -> Bool {
    if let parent = now.parent { return former[parent] == before.parent && areSame(parent) }
    return before.parent == nil
      && haveSame(before.arguments, now.arguments) { argument, other in
        if case (.text(let text), .text(let otherText)) = (argument, other) { text == otherText } else { false }
      }
  }

  /// Whether the names in an output are resources on both sides or on none.
  private func refersToSame(_ output: Node, _ before: Template, _ now: Template) -> Bool {
    Reference.all(in: output).allSatisfy { (before[$0.name] == nil) == (now[$0.name] == nil) }
  }

  private func haveSame<Value>(
    _ values: [String: Value], _ others: [String: Value], where isSame: (Value, Value) -> Bool
  ) -> Bool {
    values.count == others.count && values.allSatisfy { name, value in others[name].map { isSame(value, $0) } ?? false }
  }
}
