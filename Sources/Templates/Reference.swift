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
    node.document.withArena { arena in
      var search = ReferenceSearch(document: node.document, arena: arena)
      search.collect(in: Int32(truncatingIfNeeded: node.index), [])
      return search.found
    }
  }

  /// The two spellings of `Fn::GetAtt`: `Name.Attribute`, and a list whose further parts are joined by dots.
  package static func attribute(named argument: Node) -> (name: String, attribute: String)? {
    if let text = argument.text {
      guard let dot = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return nil }
      return (String(text[..<dot]), String(text[text.index(after: dot)...]))
    }
    var parts = argument.elements
    guard let name = parts.next()?.text, var attribute = parts.next()?.text else { return nil }
    while let part = parts.next() {
      guard let text = part.text else { return nil }
      attribute += "." + text
    }
    return (name, attribute)
  }

  /// The string and the map of a `Fn::Sub` in either of its forms.
  package static func subArguments(_ argument: Node) -> (string: Node, variables: Node?)? {
    if argument.kind == .scalar { return (argument, nil) }
    let parts = Array(argument.elements)
    guard let string = parts.first, string.kind == .scalar, parts.count <= 2 else { return nil }
    return (string, parts.count == 2 && parts[1].kind == .mapping ? parts[1] : nil)
  }
}

/// Walks through the arena, since all of a template is searched.
private struct ReferenceSearch {
  let document: Document
  let arena: Arena
  private(set) var found: [Reference] = []

  init(document: Document, arena: Arena) {
    self.document = document
    self.arena = arena
  }

  mutating func collect(in index: Int32, _ guards: [Guard]) {
    let entry = arena[index]
    switch entry.kind {
    case .scalar, .alias: return
    case .sequence: break
    case .mapping:
      if let (name, argument) = arena.call(entry),
        collect(call: name, node(argument), Int(entry.start)..<Int(entry.end), guards)
      {
        return
      }
    }
    // Of a mapping the values alone: keys are scalars.
    var child = entry.child
    while child >= 0 {
      collect(in: child, guards)
      child = arena.entries[Int(child)].next
    }
  }

  /// Whether all of a call has been taken in; else its argument is searched as that of any function.
  private mutating func collect(call name: String, _ argument: Node, _ range: Range<Int>, _ guards: [Guard]) -> Bool {
    switch name {
    case "Ref":
      guard let name = argument.text else { return false }
      found.append(Reference(kind: .ref, name: name, attribute: nil, range: range, guards: guards))
      return true
    case "GetAtt":
      if let (name, attribute) = Reference.attribute(named: argument) {
        found.append(Reference(kind: .getAtt, name: name, attribute: attribute, range: range, guards: guards))
        return true
      }
      // The attribute may be a function.
      let parts = Array(argument.elements)
      if parts.count >= 2, let name = parts[0].text {
        found.append(Reference(kind: .getAtt, name: name, attribute: nil, range: range, guards: guards))
      }
      return false
    case "Sub": return collect(sub: argument, guards)
    case "If":
      for (branch, guarded) in Guard.branches(of: argument) { collect(in: branch, guards + [guarded]) }
      return true
    default: return false
    }
  }

  /// The names in the string of a `Fn::Sub`, except those that its own map defines; then the values of that map.
  private mutating func collect(sub argument: Node, _ guards: [Guard]) -> Bool {
    guard let (string, variables) = Reference.subArguments(argument), let text = string.text else { return false }
    let values = variables?.values ?? [:]
    for case .variable(let variable, let range) in SubPiece.pieces(of: text) where values[variable] == nil {
      let parts = variable.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1).map { String(Substring($0)) }
      guard let name = parts.first else { continue }
      found.append(
        Reference(
          kind: .sub, name: name, attribute: parts.count == 2 ? parts[1] : nil, range: string.range(ofText: range),
          guards: guards))
    }
    if let variables {
      for (_, value) in variables.entries { collect(in: value, guards) }
    }
    return true
  }

  private mutating func collect(in node: Node, _ guards: [Guard]) {
    collect(in: Int32(truncatingIfNeeded: node.index), guards)
  }

  private func node(_ index: Int32) -> Node { Node(document, Int(index)) }
}
