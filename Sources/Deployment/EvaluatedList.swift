import Templates

extension Evaluation {
  /// The elements of a list, each with what it may be; `nil` when the templates do not tell how many there are.
  func elements(of node: Node) -> [[Text]]? {
    if node.kind == .sequence { return node.elements.map(texts) }
    guard let call = Intrinsic(node) else { return nil }
    switch call.name {
    case "Split":
      let parts = Array(call.argument.elements)
      guard parts.count == 2, let separator = parts[0].text else { return nil }
      return pieces(of: texts(of: parts[1]), between: separator)
    case "Ref":
      // A list parameter is one text with commas.
      guard let name = call.argument.text, let type = template.parameters[name]?["Type"]?.text,
        type == "CommaDelimitedList" || type.hasPrefix("List<")
      else { return nil }
      return pieces(of: texts(ofRef: name), between: ",")
    default: return nil
    }
  }

  /// The pieces of the only text. A hole may hold separators, so that nobody knows how many pieces it is.
  private func pieces(of texts: [Text], between separator: String) -> [[Text]]? {
    guard texts.count == 1, let text = texts.first, !separator.isEmpty, !HoleTable.hasHole(text.value) else {
      return nil
    }
    return text.value.split(separator: separator, omittingEmptySubsequences: false)
      .map { [Text(String($0), when: text.premises)] }
  }

  /// The parts of a value as JSON, as `Fn::ToJsonString` writes it.
  func json(of node: Node) -> [[Text]] {
    if let call = Intrinsic(node), call.name != "Condition" { return quoted(texts(of: node)) }
    switch node.kind {
    case .scalar:
      let isWord = ["true", "false", "null"].contains(node.text)
      let isBare = node.isPlain && (isWord || node.text.flatMap(Double.init) != nil)
      return isBare ? [texts(of: node)] : quoted(texts(of: node))
    case .sequence: return [[Text("[")]] + separated(node.elements.map(json)) + [[Text("]")]]
    case .mapping:
      let entries = node.entries.map { key, value in quoted(texts(of: key)) + [[Text(":")]] + json(of: value) }
      return [[Text("{")]] + separated(entries) + [[Text("}")]]
    }
  }

  private func separated(_ parts: [[[Text]]]) -> [[Text]] {
    parts.enumerated().flatMap { $0 == 0 ? $1 : [[Text(",")]] + $1 }
  }

  private func quoted(_ texts: [Text]) -> [[Text]] {
    let escaped = texts.map { text in
      let value = text.value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
      return Text("\"\(value)\"", when: text.premises)
    }
    return [escaped]
  }
}
