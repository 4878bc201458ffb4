/// A scalar, sequence or mapping of a document. Cheap to copy; text is decoded on demand.
package struct Node: Sendable {
  package let document: Document
  let index: Int

  package enum Kind: Sendable {
    case scalar, sequence, mapping
  }

  init(_ document: Document, _ index: Int) {
    self.document = document
    let entry = document.entries[index]
    self.index = entry.kind == .alias ? Int(entry.child) : index
  }

  var entry: Document.Entry { document.entries[index] }

  package var kind: Kind {
    switch entry.kind {
    case .scalar, .alias: .scalar
    case .sequence: .sequence
    case .mapping: .mapping
    }
  }

  /// The bytes of the node in the source, half-open. Quotes and tags belong to it, an anchor does not.
  package var range: Range<Int> { Int(entry.start)..<Int(entry.end) }

  /// Whether a scalar stands without quotes, so that YAML reads `true`, `12` or `null` as no string.
  package var isPlain: Bool { entry.isPlain }

  /// Whether it is a value that is left out, or `null`.
  package var isNull: Bool { isPlain && ["", "null", "Null", "NULL", "~"].contains { isScalar($0) } }

  /// The text of a scalar; `nil` for a sequence or mapping.
  package var text: String? {
    let entry = entry
    guard entry.kind == .scalar else { return nil }
    return document.withArena { String(decoding: $0.text(of: entry), as: UTF8.self) }
  }

  /// Whether the node is a scalar with exactly this text; decodes nothing.
  package func isScalar(_ text: String) -> Bool {
    let entry = entry
    guard entry.kind == .scalar, Int(entry.textEnd - entry.textStart) == text.utf8.count else { return false }
    var text = text
    return text.withUTF8 { text in document.withArena { $0.isScalar(entry, text) } }
  }

  /// The children of a sequence; empty for other nodes.
  package var elements: Children {
    Children(document, first: entry.kind == .sequence ? Int(entry.child) : -1)
  }

  /// The entries of a mapping in the order of the source, duplicate keys included; empty for other nodes.
  package var entries: Entries { Entries(document, first: entry.kind == .mapping ? Int(entry.child) : -1) }

  /// The value of a key; of several equal keys the last one counts, as for CloudFormation.
  package subscript(key: String) -> Node? {
    let entry = entry
    guard entry.kind == .mapping else { return nil }
    var key = key
    let value = key.withUTF8 { key in document.withArena { $0.value(of: key, in: entry) } }
    return value < 0 ? nil : Node(document, Int(value))
  }

  /// How many entries a mapping has, duplicate keys included; 0 for other nodes.
  var entryCount: Int { document.withArena { $0.count(of: entry) } }

  /// The keys of a mapping that a later one replaces.
  var repeatedKeys: [Node] {
    document.withArena { $0.repeatedKeys(of: entry) }.map { Node(document, Int($0)) }
  }

  /// Whether both are the same value, whatever the order of keys and the spelling; of equal keys the last one counts.
  package func hasSameValue(as other: Node) -> Bool {
    guard kind == other.kind else { return false }
    switch kind {
    case .scalar: return text == other.text
    case .sequence:
      let children = Array(elements)
      let others = Array(other.elements)
      return children.count == others.count && zip(children, others).allSatisfy { $0.hasSameValue(as: $1) }
    case .mapping:
      let values = values
      let others = other.values
      return values.count == others.count
        && values.allSatisfy { key, value in others[key].map(value.hasSameValue) ?? false }
    }
  }

  /// Whether both are written as the same tree: the same keys in the same order, the same texts, quoted or not alike. Only
  /// comments and white space may differ.
  package func isSpelled(as other: Node) -> Bool {
    document.withArena { arena in
      other.document.withArena { otherArena in arena.holdsSameTree(entry, as: other.entry, of: otherArena) }
    }
  }

  /// Whether both are the same value but for what lies at routes of keys, which may be there on one side alone.
  package func hasSameValue(as other: Node, except routes: [[String]]) -> Bool {
    if routes.contains([]) { return true }
    guard !routes.isEmpty, kind == .mapping, other.kind == .mapping else { return hasSameValue(as: other) }
    let values = values
    let others = other.values
    return Set(values.keys).union(others.keys).allSatisfy { key in
      let inner = routes.filter { $0.first == key }.map { Array($0.dropFirst()) }
      guard let value = values[key], let other = others[key] else { return inner.contains([]) }
      return value.hasSameValue(as: other, except: inner)
    }
  }

  /// Whether no key of a mapping is an alias, nor merged in from another mapping.
  var writesItsKeys: Bool {
    var child = Int(entry.child)
    while child >= 0 {
      guard document.entries[child].kind != .alias else { return false }
      child = Int(document.entries[Int(document.entries[child].next)].next)
    }
    return true
  }

  /// The values of a mapping by key, without the order.
  package var values: [String: Node] {
    Dictionary(entries.map { ($0.text ?? "", $1) }) { $1 }
  }

  /// The bytes in the source that spell a part of a scalar's text, given in UTF-8 bytes of that text; the whole node
  /// where the source spells the text otherwise.
  package func range(ofText part: Range<Int>) -> Range<Int> {
    guard entry.kind == .scalar, !entry.isDecoded else { return range }
    let start = Int(entry.textStart)
    return (start + part.lowerBound)..<(start + part.upperBound)
  }

  /// The entry of a scalar, to stand in another document over the same bytes.
  var scalarEntry: Document.Entry {
    var entry = entry
    entry.next = -1
    return entry
  }

  /// The nodes of a sequence.
  package struct Children: Sequence, IteratorProtocol {
    private let document: Document
    private var index: Int

    init(_ document: Document, first index: Int) {
      self.document = document
      self.index = index
    }

    package mutating func next() -> Node? {
      guard index >= 0 else { return nil }
      defer { index = Int(document.entries[index].next) }
      return Node(document, index)
    }
  }

  /// The keys and values of a mapping.
  package struct Entries: Sequence, IteratorProtocol {
    private var children: Children

    init(_ document: Document, first index: Int) { children = Children(document, first: index) }

    package mutating func next() -> (key: Node, value: Node)? {
      guard let key = children.next(), let value = children.next() else { return nil }
      return (key, value)
    }
  }
}

extension Node: Equatable {
  /// Whether both are the same place of the same document.
  package static func == (a: Node, b: Node) -> Bool { a.document === b.document && a.index == b.index }
}
