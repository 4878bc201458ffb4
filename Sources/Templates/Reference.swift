/// A place that names a resource, parameter or pseudo parameter by `Ref`, `Fn::GetAtt` or `Fn::Sub`.
package struct Reference: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case ref, getAtt, sub
  }

  package let kind: Kind
  /// The logical ID or parameter.
  package let name: String
  /// The attribute of a `Fn::GetAtt` or a `${Name.Attribute}`, nested attributes with their dots.
  package let attribute: String?
  /// The bytes of the call, or of the `${…}` where the source spells it as it is.
  package let range: Range<Int>
  /// The branches of `Fn::If` that the place stands in, from the outside.
  package let guards: [Guard]

  /// Every reference in a node at any depth, also inside other functions and in both branches of `Fn::If`.
  package static func all(in node: Node) -> [Reference] {
    var found: [Reference] = []
    collect(in: node, [], into: &found)
    return found
  }

  private static func collect(in node: Node, _ guards: [Guard], into found: inout [Reference]) {
    if let call = Intrinsic(node) {
      switch call.name {
      case "Ref":
        if let name = call.argument.text {
          found.append(Reference(kind: .ref, name: name, attribute: nil, range: call.range, guards: guards))
          return
        }
      case "GetAtt":
        if let (name, attribute) = attribute(named: call.argument) {
          found.append(Reference(kind: .getAtt, name: name, attribute: attribute, range: call.range, guards: guards))
          return
        }
        // The attribute may be a function.
        let parts = Array(call.argument.elements)
        if parts.count >= 2, let name = parts[0].text {
          found.append(Reference(kind: .getAtt, name: name, attribute: nil, range: call.range, guards: guards))
        }
      case "Sub":
        if collect(sub: call.argument, guards, into: &found) { return }
      case "If":
        for (branch, guarded) in Guard.branches(of: call) { collect(in: branch, guards + [guarded], into: &found) }
        return
      default: break
      }
    }
    for child in node.elements { collect(in: child, guards, into: &found) }
    for (_, value) in node.entries { collect(in: value, guards, into: &found) }
  }

  /// The two spellings of `Fn::GetAtt`: `Name.Attribute`, and a list whose further parts are joined by dots.
  package static func attribute(named argument: Node) -> (name: String, attribute: String)? {
    if let text = argument.text {
      guard let dot = text.firstIndex(of: ".") else { return nil }
      return (String(text[..<dot]), String(text[text.index(after: dot)...]))
    }
    let parts = argument.elements.map(\.text)
    guard parts.count >= 2, let name = parts[0], !parts.contains(nil) else { return nil }
    return (name, parts.dropFirst().compactMap(\.self).joined(separator: "."))
  }

  /// The names in the string of a `Fn::Sub`, except those that its own map defines; then the values of that map.
  private static func collect(sub argument: Node, _ guards: [Guard], into found: inout [Reference]) -> Bool {
    guard let (string, variables) = subArguments(argument), let text = string.text else { return false }
    let values = variables?.values ?? [:]
    for case .variable(let variable, let range) in SubPiece.pieces(of: text) where values[variable] == nil {
      let parts = variable.split(separator: ".", maxSplits: 1).map(String.init)
      guard let name = parts.first else { continue }
      found.append(
        Reference(
          kind: .sub, name: name, attribute: parts.count == 2 ? parts[1] : nil, range: string.range(ofText: range),
          guards: guards))
    }
    if let variables {
      for (_, value) in variables.entries { collect(in: value, guards, into: &found) }
    }
    return true
  }

  /// The string and the map of a `Fn::Sub` in either of its forms.
  package static func subArguments(_ argument: Node) -> (string: Node, variables: Node?)? {
    if argument.kind == .scalar { return (argument, nil) }
    let parts = Array(argument.elements)
    guard let string = parts.first, string.kind == .scalar, parts.count <= 2 else { return nil }
    return (string, parts.count == 2 && parts[1].kind == .mapping ? parts[1] : nil)
  }
}
