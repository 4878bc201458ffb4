package import Templates

/// Resolves values of a template group to texts with holes, as far as the templates tell: parameters with their
/// arguments or defaults, mappings, `Sub`, `Join`, `Select`, `Split`, both branches of `If`, and imports of exports of
/// the same group.
package final class Evaluator {
  package let group: TemplateGroup
  package let holes: HoleTable
  let known: KnownValues
  var exports: ExportTable { group.exports }
  private let parameters: Evaluation.Parameters

  package init(_ group: TemplateGroup) {
    self.group = group
    holes = HoleTable()
    known = KnownValues()
    parameters = .defaults
  }

  private init(_ other: Evaluator, _ parameters: Evaluation.Parameters) {
    group = other.group
    holes = other.holes
    known = other.known
    self.parameters = parameters
  }

  /// The same where nothing may be assumed of parameters that whoever deploys the stack is free to choose. The texts of
  /// both can be compared.
  package var withoutDefaults: Evaluator { Evaluator(self, .open) }

  /// Every text that a value can have, with what must hold for it; none for `AWS::NoValue`. A sequence or mapping gives
  /// none.
  package func values(of node: Node, in stack: Int) -> [Conditional<String>] {
    if let text = node.text { return [Conditional(HoleTable.literal(text))] }
    return Evaluation(evaluator: self, stack: stack, parameters: parameters, depth: 0).texts(of: node)
  }

  /// The same without the defaults of parameters.
  func openValues(of node: Node, in stack: Int) -> [Conditional<String>] {
    Evaluation(evaluator: self, stack: stack, parameters: .open, depth: 0).texts(of: node)
  }

  /// Every text that a value can have, each once.
  package func texts(of node: Node, in stack: Int) -> [String] {
    let texts = values(of: node, in: stack).map(\.value)
    guard texts.count > 1 else { return texts }
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }

  /// The text of a value that has just one.
  package func text(of node: Node, in stack: Int) -> String? {
    if let text = node.text { return HoleTable.literal(text) }
    let texts = texts(of: node, in: stack)
    return texts.count == 1 ? texts[0] : nil
  }

  /// What a node stands for in both branches of `Fn::If`, at any depth of such calls; none for `AWS::NoValue`.
  package func branches(of node: Node, in stack: Int) -> [Conditional<Node>] {
    guard let call = Intrinsic(node) else { return [Conditional(node)] }
    if call.name == "Ref", call.argument.isScalar("AWS::NoValue") { return [] }
    guard call.name == "If" else { return [Conditional(node)] }
    return Guard.branches(of: call).flatMap { branch, guarded in
      branches(of: branch, in: stack).map { $0.adding([Premise(stack: stack, guarded: guarded)]) }
    }
  }

  /// The elements of a list, through `Fn::If` around the list or around elements.
  package func elements(of node: Node, in stack: Int) -> [Conditional<Node>] {
    if node.kind == .sequence { return elements(of: Conditional(node), in: stack) }
    return branches(of: node, in: stack).flatMap { elements(of: $0, in: stack) }
  }

  private func elements(of list: Conditional<Node>, in stack: Int) -> [Conditional<Node>] {
    var elements: [Conditional<Node>] = []
    for element in list.value.elements {
      // Nearly every element is no call.
      if Intrinsic(element) == nil {
        elements.append(Conditional(element, when: list.premises))
      } else {
        elements += branches(of: element, in: stack).map { $0.adding(list.premises) }
      }
    }
    return elements
  }

  /// Whether a part of a text is the result of a function that nothing is known of.
  package func hasComputedHole(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
      if case .computed = holes.hole(for: scalar) { true } else { false }
    }
  }

  /// A text for people: holes in the `${…}` of a `Fn::Sub`.
  package func display(_ text: String) -> String {
    guard HoleTable.hasHole(text) else { return text }
    return text.unicodeScalars.reduce(into: "") { result, scalar in
      switch holes.hole(for: scalar) {
      case .resource(let id, let attribute):
        result += "${" + group[id].logicalID + (attribute.map { "." + $0 } ?? "") + "}"
      case .parameter(_, let name), .pseudoParameter(let name, _): result += "${\(name)}"
      case .imported(let name): result += "${\(name)}"
      case .computed: result += "${…}"
      case nil: result.unicodeScalars.append(scalar)
      }
    }
  }
}

extension Conditional {
  package func adding(_ others: [Premise]) -> Conditional {
    others.isEmpty ? self : Conditional(value, when: others + premises)
  }
}
