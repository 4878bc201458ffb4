/// Makes the arena of a document in one pass, in the order of the source, and refuses what exceeds the limits.
struct DocumentBuilder: ~Copyable {
  private(set) var entries: [Document.Entry] = []
  private(set) var decoded: [UInt8] = []
  /// Nodes so far, each alias counted as the nodes that it stands for.
  private(set) var nodeCount = 0
  private let text: SourceText
  private let limits: Limits
  /// The sequence or mapping that takes the next node; its entry is -1 outside of all.
  private var current = Level(entry: -1, isMapping: false)
  private var outer: [Level] = []

  private struct Level {
    var entry: Int32
    var isMapping: Bool
    var lastChild: Int32 = -1
    /// Levels from here to the deepest one inside, this one included.
    var height = 1
  }

  init(_ text: SourceText, limits: Limits) {
    self.text = text
    self.limits = limits
    // Templates of CDK have a node every 16 to 22 bytes, so that most arenas never grow.
    entries.reserveCapacity(min(text.bytes.count / 15, limits.nodes))
  }

  /// Whether a sequence or mapping is open.
  var isOpen: Bool { current.entry >= 0 }
  /// Whether the innermost open collection is a mapping.
  var isInMapping: Bool { current.isMapping }
  /// The last child of the innermost open collection so far; -1 is none.
  var lastChild: Int32 { current.lastChild }

  /// The entry that was added last; -1 is none.
  var lastEntry: Int32 { Int32(truncatingIfNeeded: entries.count - 1) }

  /// Adds a node as the next child of the innermost open collection.
  @inline(__always)
  mutating func append(_ entry: Document.Entry) throws(ReadingError) {
    try count(1, at: Int(entry.start))
    link(entry)
  }

  /// Adds a sequence or mapping, which takes the nodes that follow until it is closed.
  mutating func open(_ kind: Document.Entry.Kind, at start: Int) throws(ReadingError) {
    guard outer.count < limits.depth else { throw tooDeep(at: start) }
    let index = Int32(truncatingIfNeeded: entries.count)
    try append(Document.Entry(kind: kind, start: UInt32(truncatingIfNeeded: start), end: 0))
    outer.append(current)
    current = Level(entry: index, isMapping: kind == .mapping)
  }

  /// Ends the innermost collection at a byte, by default where its last child ends. Tells how many levels it has.
  @discardableResult
  mutating func close(at end: Int? = nil) -> (entry: Int32, height: Int) {
    let closed = current
    let index = Int(closed.entry)
    if let end {
      entries[index].end = UInt32(truncatingIfNeeded: end)
    } else {
      entries[index].end = closed.lastChild < 0 ? entries[index].start : entries[Int(closed.lastChild)].end
    }
    current = outer.removeLast()
    current.height = max(current.height, closed.height + 1)
    return (closed.entry, closed.height)
  }

  /// Adds an alias of an entry that counts as `size` nodes and has `height` levels, 0 for a scalar.
  mutating func appendAlias(
    to target: Int32, size: Int, height: Int, at range: Range<Int>
  ) throws(ReadingError) {
    guard outer.count + height <= limits.depth else { throw tooDeep(at: range.lowerBound) }
    try count(size, at: range.lowerBound)
    link(alias(of: target, at: range))
    current.height = max(current.height, height + 1)
  }

  /// Keeps bytes in the side buffer and tells where they stand there.
  mutating func decode(_ bytes: some Collection<UInt8>) -> Range<Int> {
    let start = decoded.count
    decoded.append(contentsOf: bytes)
    return start..<decoded.count
  }

  /// The document; there must be a root, and nothing may be open.
  consuming func finish() -> Document { Document(text: text, entries: entries, decoded: decoded) }

  @inline(__always)
  private mutating func link(_ entry: Document.Entry) {
    let index = Int32(truncatingIfNeeded: entries.count)
    if current.lastChild >= 0 {
      entries[Int(current.lastChild)].next = index
    } else if current.entry >= 0 {
      entries[Int(current.entry)].child = index
    }
    current.lastChild = index
    entries.append(entry)
  }

  @inline(__always)
  private mutating func count(_ nodes: Int, at offset: Int) throws(ReadingError) {
    nodeCount += nodes
    if nodeCount > limits.nodes {
      throw ReadingError(
        "the document has more than \(limits.nodes) nodes, aliases counted in full", at: offset)
    }
  }

  private func alias(of target: Int32, at range: Range<Int>) -> Document.Entry {
    Document.Entry(
      kind: .alias, start: UInt32(truncatingIfNeeded: range.lowerBound),
      end: UInt32(truncatingIfNeeded: range.upperBound), child: target)
  }

  private func tooDeep(at offset: Int) -> ReadingError {
    ReadingError("the document has more than \(limits.depth) levels inside one another", at: offset)
  }
}

// YAML merge keys (https://yaml.org/type/merge.html).
extension DocumentBuilder {
  /// Puts the entries of the mappings that the `<<` keys of a closed mapping name in the place of those keys. The
  /// mapping's own keys win, then those of the mapping that is named first.
  ///
  /// The new entries are aliases. They count no nodes: what they stand for was counted with the value of the `<<`.
  mutating func mergeKeys(of mapping: Int32) throws(ReadingError) {
    let keys = keys(of: mapping)
    var taken: Set<[UInt8]> = []
    for key in keys where !isMergeKey(key) { taken.insert(text(of: key)) }

    var list: [Int32] = []
    for key in keys {
      let value = entries[Int(key)].next
      if isMergeKey(key) {
        for source in try mergedMappings(value) { list += addMerged(source, except: &taken) }
      } else {
        list += [key, value]
      }
    }
    for (entry, next) in zip(list, list.dropFirst()) { entries[Int(entry)].next = next }
    if let last = list.last { entries[Int(last)].next = -1 }
    entries[Int(mapping)].child = list.first ?? -1
  }

  /// Whether a key is `<<`; in quotes it is a key like any other.
  func isMergeKey(_ key: Int32) -> Bool {
    let entry = entries[Int(key)]
    guard entry.textEnd - entry.textStart == 2, entry.isPlain else { return false }
    return text(of: key) == Array("<<".utf8)
  }

  /// Adds aliases of the entries of one mapping whose keys are free. Keys that are twice in it stay twice.
  private mutating func addMerged(_ source: Int32, except taken: inout Set<[UInt8]>) -> [Int32] {
    var added: [Int32] = []
    var names: [[UInt8]] = []
    for key in keys(of: source) where !taken.contains(text(of: key)) {
      names.append(text(of: key))
      for child in [key, entries[Int(key)].next] {
        let target = resolved(child)
        let range = Int(entries[Int(target)].start)..<Int(entries[Int(target)].end)
        added.append(Int32(truncatingIfNeeded: entries.count))
        entries.append(alias(of: target, at: range))
      }
    }
    taken.formUnion(names)
    return added
  }

  /// The mappings that the value of a `<<` names: itself or its elements.
  private func mergedMappings(_ value: Int32) throws(ReadingError) -> [Int32] {
    let target = resolved(value)
    switch entries[Int(target)].kind {
    case .mapping: return [target]
    case .sequence:
      var mappings: [Int32] = []
      var element = entries[Int(target)].child
      while element >= 0 {
        guard entries[Int(resolved(element))].kind == .mapping else { throw notMerged(element) }
        mappings.append(resolved(element))
        element = entries[Int(element)].next
      }
      return mappings
    case .scalar, .alias: throw notMerged(value)
    }
  }

  private func notMerged(_ value: Int32) -> ReadingError {
    ReadingError("'<<' merges a mapping or a list of mappings", at: Int(entries[Int(value)].start))
  }

  /// The keys of a mapping.
  private func keys(of mapping: Int32) -> [Int32] {
    var keys: [Int32] = []
    var key = entries[Int(mapping)].child
    while key >= 0 {
      keys.append(key)
      key = entries[Int(entries[Int(key)].next)].next
    }
    return keys
  }

  private func text(of key: Int32) -> [UInt8] {
    let entry = entries[Int(resolved(key))]
    let range = Int(entry.textStart)..<Int(entry.textEnd)
    return Array(entry.isDecoded ? decoded[range] : text.bytes[range])
  }

  private func resolved(_ entry: Int32) -> Int32 {
    entries[Int(entry)].kind == .alias ? entries[Int(entry)].child : entry
  }
}
