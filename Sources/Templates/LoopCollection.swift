/// The list that a `Fn::ForEach` goes through, as far as the template tells it: written out, the default of a parameter
/// or a value of a mapping.
struct LoopCollection {
  private let root: Node
  private let values: LoopValues

  init(_ root: Node, _ values: LoopValues) {
    self.root = root
    self.values = values
  }

  struct Items {
    var texts: [String]
    /// Whether no parameter has a part in it.
    var isLiteral: Bool
  }

  /// `nil` when the list is known only when the stack is deployed.
  func items(of node: Node) -> Items? {
    if node.kind == .sequence { return items(node.elements.map(text)) }
    guard let call = Intrinsic(node) else { return nil }
    switch call.name {
    case "Ref":
      guard let value = call.argument.text.flatMap(defaultValue), isList(call.argument) else { return nil }
      return Items(texts: trimmedParts(of: value), isLiteral: false)
    case "FindInMap":
      let arguments = call.argument.elements.prefix(3).map(text)
      guard arguments.count == 3, let keys = items(arguments), let map = root["Mappings"]?[keys.texts[0]],
        let list = map[keys.texts[1]]?[keys.texts[2]], list.kind == .sequence, let items = items(of: list)
      else { return nil }
      return Items(texts: items.texts, isLiteral: items.isLiteral && keys.isLiteral)
    default: return nil
    }
  }

  private func items(_ found: [(text: String, isLiteral: Bool)?]) -> Items? {
    var items = Items(texts: [], isLiteral: true)
    for item in found {
      guard let item else { return nil }
      items.texts.append(item.text)
      items.isLiteral = items.isLiteral && item.isLiteral
    }
    return items
  }

  private func text(of node: Node) -> (text: String, isLiteral: Bool)? {
    if let text = node.text { return (values.filled(text, limit: 1 << 20) ?? text, true) }
    if let text = values.text(ofCall: node) { return (text, true) }
    guard let call = Intrinsic(node), call.name == "Ref", !isList(call.argument) else { return nil }
    return call.argument.text.flatMap(defaultValue).map { ($0, false) }
  }

  /// The default of such a parameter is the name under which Systems Manager keeps the value.
  private func defaultValue(of name: String) -> String? {
    guard let parameter = root["Parameters"]?[name],
      !(parameter["Type"]?.text?.hasPrefix("AWS::SSM::") ?? false)
    else { return nil }
    return parameter["Default"]?.text
  }

  private func isList(_ name: Node) -> Bool {
    guard let type = name.text.flatMap({ root["Parameters"]?[$0]?["Type"]?.text }) else { return false }
    return type == "CommaDelimitedList" || type.hasPrefix("List<")
  }

  private func trimmedParts(of list: String) -> [String] {
    list.split(separator: ",").map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }
}
