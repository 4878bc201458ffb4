package import Templates

/// Resolves values of a template group to texts with holes, as far as the templates tell: parameters with their
/// arguments or defaults, mappings, `Sub`, `Join`, `Select`, `Split`, both branches of `If`, and imports of exports of
/// the same group.
package struct Evaluator {
  package let group: TemplateGroup
  package let holes = HoleTable()
  private let exports: ExportTable

  package init(_ group: TemplateGroup) {
    self.group = group
    exports = ExportTable(group)
  }

  /// Every text that a value can have, none for `AWS::NoValue`. A sequence or mapping gives none.
  package func texts(of node: Node, in stack: Int) -> [String] {
    Evaluation(evaluator: self, exports: exports, stack: stack, depth: 0).texts(of: node)
  }

  /// The text of a value that has just one.
  package func text(of node: Node, in stack: Int) -> String? {
    let texts = texts(of: node, in: stack)
    return texts.count == 1 ? texts[0] : nil
  }

  /// What a node stands for in both branches of `Fn::If`, at any depth of such calls; none for `AWS::NoValue`.
  package func branches(of node: Node) -> [Node] {
    guard let call = Intrinsic(node) else { return [node] }
    if call.name == "Ref", call.argument.isScalar("AWS::NoValue") { return [] }
    guard call.name == "If" else { return [node] }
    return call.argument.elements.dropFirst().flatMap(branches)
  }

  /// The elements of a list, through `Fn::If` around the list or around elements.
  package func elements(of node: Node) -> [Node] {
    branches(of: node).flatMap { $0.elements.flatMap(branches) }
  }

  /// A text for people: holes in the `${…}` of a `Fn::Sub`.
  package func display(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
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

/// One evaluation in one stack; a value that lies in another stack is evaluated there.
private struct Evaluation {
  let evaluator: Evaluator
  let exports: ExportTable
  let stack: Int
  let depth: Int

  /// More alternatives than these are not followed, so that nested conditions cannot multiply without bound.
  static let mostTexts = 16
  /// Calls inside one another; parameters and imports that lead in a circle end here.
  static let deepest = 64

  var template: Template { evaluator.group.stacks[stack].template }

  func texts(of node: Node) -> [String] {
    if let text = node.text { return [HoleTable.literal(text)] }
    guard let call = Intrinsic(node) else { return [] }
    guard depth < Evaluation.deepest else { return [computed(call)] }
    let deeper = Evaluation(evaluator: evaluator, exports: exports, stack: stack, depth: depth + 1)
    return deeper.texts(of: call)
  }

  private func texts(of call: Intrinsic) -> [String] {
    switch call.name {
    case "Ref": return call.argument.text.map(texts(ofRef:)) ?? [computed(call)]
    case "GetAtt":
      guard let (name, attribute) = Reference.attribute(named: call.argument) else { return [computed(call)] }
      return [text(ofAttribute: attribute, of: name, call)]
    case "Sub": return texts(ofSub: call)
    case "Join": return texts(ofJoin: call)
    case "If": return distinct(call.argument.elements.dropFirst().flatMap(texts))
    case "FindInMap": return texts(ofFindInMap: call)
    case "Select": return texts(ofSelect: call)
    case "ImportValue": return texts(ofImport: call)
    default: return [computed(call)]
    }
  }

  private func texts(ofRef name: String) -> [String] {
    if name == "AWS::NoValue" { return [] }
    if name.hasPrefix("AWS::") {
      let perStack = name == "AWS::StackName" || name == "AWS::StackId"
      if name == "AWS::StackName", let known = evaluator.group.stacks[stack].name { return [known] }
      return [hole(.pseudoParameter(name: name, stack: perStack ? stack : nil))]
    }
    if let index = template.index(of: name) {
      return [hole(.resource(ResourceID(stack: stack, index: index), attribute: nil))]
    }
    if let argument = evaluator.group.stacks[stack].arguments[name] { return [HoleTable.literal(argument)] }
    if let parameter = template.parameters[name], let value = parameter["Default"]?.text,
      // The default of such a parameter is the name under which Systems Manager keeps the value.
      !(parameter["Type"]?.text?.hasPrefix("AWS::SSM::") ?? false)
    {
      return [HoleTable.literal(value)]
    }
    return [hole(.parameter(stack: stack, name: name))]
  }

  private func text(ofAttribute attribute: String, of name: String, _ call: Intrinsic) -> String {
    guard let index = template.index(of: name) else { return computed(call) }
    return hole(.resource(ResourceID(stack: stack, index: index), attribute: attribute))
  }

  private func texts(ofSub call: Intrinsic) -> [String] {
    guard let (string, variables) = Reference.subArguments(call.argument), let text = string.text else {
      return [computed(call)]
    }
    return combine(
      SubPiece.pieces(of: text).map { piece in
        switch piece {
        case .literal(let text): return [HoleTable.literal(text)]
        case .variable(let name, _):
          if let value = variables?[name] { return texts(of: value) }
          guard let dot = name.firstIndex(of: ".") else { return texts(ofRef: name) }
          return [self.text(ofAttribute: String(name[name.index(after: dot)...]), of: String(name[..<dot]), call)]
        }
      })
  }

  private func texts(ofJoin call: Intrinsic) -> [String] {
    let arguments = Array(call.argument.elements)
    guard arguments.count == 2, let separator = arguments[0].text, arguments[1].kind == .sequence else {
      return [computed(call)]
    }
    let parts = arguments[1].elements.map(texts).filter { !$0.isEmpty }
    let separated = parts.enumerated().flatMap { $0 == 0 ? [$1] : [[HoleTable.literal(separator)], $1] }
    return combine(separated)
  }

  /// The value for the keys that are known; every value of the level for a key that is not.
  private func texts(ofFindInMap call: Intrinsic) -> [String] {
    let arguments = Array(call.argument.elements)
    guard arguments.count >= 3, let map = arguments[0].text.flatMap({ template.mappings[$0] }) else {
      return [computed(call)]
    }
    let values = [arguments[1], arguments[2]].reduce([map]) { nodes, key in
      let names = texts(of: key)
      return nodes.flatMap { node in
        node.entries.filter { entry in names.contains { HoleTable.hasHole($0) || entry.key.isScalar($0) } }.map(\.value)
      }
    }
    let found = distinct(values.flatMap(texts))
    return found.isEmpty ? [computed(call)] : found
  }

  private func texts(ofSelect call: Intrinsic) -> [String] {
    let arguments = Array(call.argument.elements)
    guard arguments.count == 2, let index = texts(of: arguments[0]).first.flatMap({ Int($0) }), index >= 0 else {
      return [computed(call)]
    }
    if arguments[1].kind == .sequence {
      let elements = Array(arguments[1].elements)
      return index < elements.count ? texts(of: elements[index]) : [computed(call)]
    }
    guard let split = Intrinsic(arguments[1]), split.name == "Split" else { return [computed(call)] }
    let parts = Array(split.argument.elements)
    guard parts.count == 2, let separator = parts[0].text, !separator.isEmpty else { return [computed(call)] }
    let found = texts(of: parts[1]).compactMap { text -> String? in
      let pieces = text.split(separator: separator, omittingEmptySubsequences: false)
      return index < pieces.count && !HoleTable.hasHole(text) ? String(pieces[index]) : nil
    }
    return found.isEmpty ? [computed(call)] : distinct(found)
  }

  private func texts(ofImport call: Intrinsic) -> [String] {
    guard let name = ExportTable.name(call.argument) else { return [computed(call)] }
    guard let export = exports[name] else { return [hole(.imported(name))] }
    return Evaluation(evaluator: evaluator, exports: exports, stack: export.stack, depth: depth)
      .texts(of: export.value)
  }

  /// Every way to put one alternative of each part after another.
  private func combine(_ parts: [[String]]) -> [String] {
    let whole = parts.reduce([""]) { texts, alternatives in
      let next = alternatives.isEmpty ? [""] : alternatives
      return Array(texts.flatMap { text in next.map { text + $0 } }.prefix(Evaluation.mostTexts))
    }
    return distinct(whole)
  }

  private func distinct(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return Array(texts.filter { seen.insert($0).inserted }.prefix(Evaluation.mostTexts))
  }

  private func computed(_ call: Intrinsic) -> String {
    hole(.computed(stack: stack, offset: call.range.lowerBound))
  }

  private func hole(_ hole: Hole) -> String { String(Character(evaluator.holes.scalar(for: hole))) }
}
