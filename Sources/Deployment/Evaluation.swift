import Templates

/// One evaluation in one stack; a value that lies in another stack is evaluated there.
struct Evaluation {
  let evaluator: Evaluator
  let stack: Int
  let parameters: Parameters
  let depth: Int

  typealias Text = Conditional<String>

  /// What a parameter without an argument is worth.
  enum Parameters {
    case defaults
    /// A hole.
    case open
  }

  /// More alternatives than these are not followed, so that nested conditions cannot multiply without bound.
  static let mostTexts = 16
  /// In bytes. ECS takes no task definition of more than 64 KiB, and texts that are put together from imports can become
  /// longer than any memory.
  static let longest = 64 << 10
  /// Conditions that one text needs.
  static let mostPremises = 64
  /// Calls inside one another; parameters and imports that lead in a circle end here.
  static let deepest = 64

  var template: Template { evaluator.group.stacks[stack].template }

  func texts(of node: Node) -> [Text] {
    if let text = node.text { return [Text(HoleTable.literal(text))] }
    guard let call = Intrinsic(node) else { return [] }
    guard depth < Evaluation.deepest else { return [computed(call)] }
    return moved(to: stack).texts(of: call)
  }

  /// The texts of a value that is named and does not stand here.
  private func texts(named value: Node, in stack: Int) -> [Text] {
    let key = KnownValues.Key(stack: stack, range: value.range, parameters: parameters)
    let unknown = hole(.computed(stack: stack, offset: value.range.lowerBound))
    return evaluator.known.texts(for: key, orWhileFinding: unknown) { moved(to: stack).texts(of: value) }
  }

  private func moved(to stack: Int) -> Evaluation {
    Evaluation(evaluator: evaluator, stack: stack, parameters: parameters, depth: depth + 1)
  }

  private func texts(of call: Intrinsic) -> [Text] {
    switch call.name {
    case "Ref": return call.argument.text.map(texts(ofRef:)) ?? [computed(call)]
    case "GetAtt":
      guard let (name, attribute) = Reference.attribute(named: call.argument) else { return [computed(call)] }
      return texts(ofAttribute: attribute, of: name, call)
    case "Sub": return texts(ofSub: call)
    case "Join": return texts(ofJoin: call)
    case "If":
      return distinct(
        Guard.branches(of: call).flatMap { branch, guarded in
          texts(of: branch).map { $0.adding([Premise(stack: stack, guarded: guarded)]) }
        })
    case "FindInMap": return texts(ofFindInMap: call)
    case "Select": return texts(ofSelect: call)
    case "ImportValue": return texts(ofImport: call)
    case "ToJsonString": return combine(json(of: call.argument), call)
    default: return [computed(call)]
    }
  }

  func texts(ofRef name: String) -> [Text] {
    if name == "AWS::NoValue" { return [] }
    if name.hasPrefix("AWS::") {
      let perStack = name == "AWS::StackName" || name == "AWS::StackId"
      if name == "AWS::StackName", let known = evaluator.group.stacks[stack].name { return [Text(known)] }
      return [hole(.pseudoParameter(name: name, stack: perStack ? stack : nil))]
    }
    if let index = template.index(of: name) { return texts(ofResource: index, attribute: nil) }
    switch evaluator.group.stacks[stack].arguments[name] {
    case .text(let text): return [Text(HoleTable.literal(text))]
    case .node(let node):
      guard let parent = evaluator.group.stacks[stack].parent, depth < Evaluation.deepest else { break }
      return texts(named: node, in: parent.stack)
    case nil: break
    }
    if parameters == .defaults, let parameter = template.parameters[name], let value = parameter["Default"]?.text,
      // The default of such a parameter is the name under which Systems Manager keeps the value.
      !(parameter["Type"]?.text?.hasPrefix("AWS::SSM::") ?? false)
    {
      return [Text(HoleTable.literal(value))]
    }
    return [hole(.parameter(stack: stack, name: name))]
  }

  private func texts(ofAttribute attribute: String, of name: String, _ call: Intrinsic) -> [Text] {
    guard let index = template.index(of: name) else { return [computed(call)] }
    let id = ResourceID(stack: stack, index: index)
    if let child = evaluator.group.child(of: id), let output = outputName(attribute), depth < Evaluation.deepest,
      let value = evaluator.group.stacks[child].template.outputs[output]?["Value"]
    {
      return texts(named: value, in: child)
    }
    return texts(ofResource: index, attribute: attribute)
  }

  /// The property that an attribute repeats, else a hole.
  private func texts(ofResource index: Int, attribute: String?) -> [Text] {
    let resource = template.resources[index]
    if depth < Evaluation.deepest, let name = RepeatedProperty.name(attribute, of: resource.type),
      let value = resource.properties?[name]
    {
      let texts = moved(to: stack).texts(of: value)
      if !texts.isEmpty { return texts }
    }
    return [hole(.resource(ResourceID(stack: stack, index: index), attribute: attribute))]
  }

  /// The name in `Outputs.Name`, the attribute of a nested stack.
  private func outputName(_ attribute: String) -> String? {
    attribute.hasPrefix("Outputs.") ? String(attribute.dropFirst("Outputs.".count)) : nil
  }

  private func texts(ofSub call: Intrinsic) -> [Text] {
    guard let (string, variables) = Reference.subArguments(call.argument), let text = string.text else {
      return [computed(call)]
    }
    let values = variables?.values ?? [:]
    return combine(
      SubPiece.pieces(of: text).map { piece in
        switch piece {
        case .literal(let text): return [Text(HoleTable.literal(text))]
        case .variable(let name, _):
          if let value = values[name] { return texts(of: value) }
          guard let dot = name.utf8.firstIndex(of: UInt8(ascii: ".")) else { return texts(ofRef: name) }
          return texts(ofAttribute: String(name[name.index(after: dot)...]), of: String(name[..<dot]), call)
        }
      }, call)
  }

  private func texts(ofJoin call: Intrinsic) -> [Text] {
    let arguments = Array(call.argument.elements)
    guard arguments.count == 2, let separator = arguments[0].text, let elements = elements(of: arguments[1]) else {
      return [computed(call)]
    }
    let between = [Text(HoleTable.literal(separator))]
    var parts: [[Text]] = []
    for element in elements where !element.isEmpty {
      if !parts.isEmpty, !separator.isEmpty { parts.append(between) }
      parts.append(element)
    }
    return combine(parts, call)
  }

  /// The value for the keys that are known; every value of the level for a key that is not.
  private func texts(ofFindInMap call: Intrinsic) -> [Text] {
    let arguments = Array(call.argument.elements)
    guard arguments.count >= 3, let map = arguments[0].text.flatMap({ template.mappings[$0] }) else {
      return [computed(call)]
    }
    let values = [arguments[1], arguments[2]].reduce([map]) { nodes, key in
      let names = texts(of: key).map(\.value)
      return nodes.flatMap { node in
        node.entries.filter { entry in names.contains { HoleTable.hasHole($0) || entry.key.isScalar($0) } }.map(\.value)
      }
    }
    let found = distinct(values.flatMap { texts(named: $0, in: stack) })
    return found.isEmpty ? [computed(call)] : found
  }

  private func texts(ofSelect call: Intrinsic) -> [Text] {
    let arguments = Array(call.argument.elements)
    guard arguments.count == 2, let index = texts(of: arguments[0]).first.flatMap({ Int($0.value) }), index >= 0 else {
      return [computed(call)]
    }
    if let elements = elements(of: arguments[1]) {
      return index < elements.count ? elements[index] : [computed(call)]
    }
    guard let split = Intrinsic(arguments[1]), split.name == "Split" else { return [computed(call)] }
    let parts = Array(split.argument.elements)
    guard parts.count == 2, let separator = parts[0].text, !separator.isEmpty else { return [computed(call)] }
    let found = texts(of: parts[1]).compactMap { text -> Text? in
      let pieces = text.value.split(separator: separator, omittingEmptySubsequences: false)
      guard index < pieces.count, !HoleTable.hasHole(text.value) else { return nil }
      return Text(String(pieces[index]), when: text.premises)
    }
    return found.isEmpty ? [computed(call)] : distinct(found)
  }

  private func texts(ofImport call: Intrinsic) -> [Text] {
    guard let name = ExportTable.name(call.argument) else { return [computed(call)] }
    guard let export = evaluator.exports[name] else { return [hole(.imported(name))] }
    return texts(named: export.value, in: export.stack)
  }

  /// Every way to put one alternative of each part after another, but for ways that contradict themselves; nothing that
  /// is known when one of them exceeds a bound.
  private func combine(_ parts: [[Text]], _ call: Intrinsic) -> [Text] {
    if let text = Evaluation.onlyText(of: parts) {
      return text.utf8.count <= Evaluation.longest ? [Text(text)] : [computed(call)]
    }
    // For each part the ways up to it: which way of the part before it goes on, and the text that it adds. Texts are
    // put together at the end, once, because a list of 100,000 parts would be copied as often.
    var steps: [[(way: Int, text: String)]] = []
    var premises: [(all: [Premise], length: Int)] = [([], 0)]
    for alternatives in parts where !alternatives.isEmpty {
      var step: [(way: Int, text: String)] = []
      var next: [(all: [Premise], length: Int)] = []
      for (way, known) in premises.enumerated() {
        for part in alternatives where step.count < Evaluation.mostTexts {
          guard let all = Evaluation.joined(known.all, part.premises) else { continue }
          let length = known.length + part.value.utf8.count
          guard length <= Evaluation.longest, all.count <= Evaluation.mostPremises else { return [computed(call)] }
          step.append((way, part.value))
          next.append((all, length))
        }
      }
      steps.append(step)
      premises = next
    }
    return distinct(
      premises.enumerated().map { last, premises in
        var texts: [String] = []
        var way = last
        for step in steps.reversed() {
          texts.append(step[way].text)
          way = step[way].way
        }
        return Text(texts.reversed().joined(), when: premises.all)
      })
  }

  /// The parts one after another where each is one text at most, whatever the conditions are.
  private static func onlyText(of parts: [[Text]]) -> String? {
    var all = ""
    for alternatives in parts {
      guard let text = alternatives.first else { continue }
      guard alternatives.count == 1, text.premises.isEmpty else { return nil }
      if all.utf8.count <= longest { all += text.value }
    }
    return all
  }

  /// All premises, each once; `nil` when a condition would have to hold and not to hold.
  private static func joined(_ premises: [Premise], _ others: [Premise]) -> [Premise]? {
    var all = premises
    for premise in others where !all.contains(premise) {
      let opposite = Guard(condition: premise.guarded.condition, holds: !premise.guarded.holds)
      if all.contains(Premise(stack: premise.stack, guarded: opposite)) { return nil }
      all.append(premise)
    }
    return all
  }

  private func distinct(_ texts: [Text]) -> [Text] {
    guard texts.count > 1 else { return texts }
    var seen: Set<Text> = []
    return Array(texts.filter { seen.insert($0).inserted }.prefix(Evaluation.mostTexts))
  }

  private func computed(_ call: Intrinsic) -> Text { hole(.computed(stack: stack, offset: call.range.lowerBound)) }

  private func hole(_ hole: Hole) -> Text { Text(String(Character(evaluator.holes.scalar(for: hole)))) }
}
