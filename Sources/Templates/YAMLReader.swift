internal import CLibYAML

/// Reads YAML through libyaml's events and makes the tree that the JSON of the same template would make: see
/// `Document` for how tags, aliases and merge keys end up in it.
struct YAMLReader: ~Copyable {
  let bytes: UnsafeBufferPointer<UInt8>
  private let events: Events
  var marks: Marks
  var builder: DocumentBuilder
  var anchors = Anchors()
  /// Where the keys that short tags stand for are in the side buffer, so that each is there once.
  var tagKeys: [String: Range<Int>] = [:]
  var innermost = Collection()
  private var outer: [Collection] = []

  /// A sequence or mapping that is open, or a tag that waits for its value.
  struct Collection {
    var anchor: Int?
    /// The nodes of the document before it.
    var nodesBefore = 0
    /// Whether it is the mapping that a tag stands for.
    var isTag = false
    /// Whether it ends at a bracket; all others end with their last child.
    var hasBrackets = false
    /// Whether the next child is a key.
    var takesKey = false
    var hasMergeKey = false
  }

  /// What stands before the content of a node.
  struct Beginning {
    var properties: Properties
    /// The anchor that the content has to close; that of a tag is the tag's.
    var anchor: Int?
    /// The first byte of the node's range.
    var start: Int
  }

  static func read(_ text: SourceText, limits: Limits) throws(ReadingError) -> Document {
    try text.bytes.withUnsafeBufferPointer { (bytes) throws(ReadingError) in
      try checkDirectives(in: bytes)
      let start = text.hasByteOrderMark ? SourceText.byteOrderMark.count : 0
      var reader = YAMLReader(
        bytes: bytes, events: Events(bytes, from: start),
        marks: Marks(bytes, from: start, isASCII: text.scalarCount == bytes.count),
        builder: DocumentBuilder(text, limits: limits))
      try reader.readStream()
      return reader.builder.finish()
    }
  }

  private mutating func readStream() throws(ReadingError) {
    var documents = 0
    while true {
      let event = try events.next(&marks)
      switch event.pointee.type {
      case YAML_DOCUMENT_START_EVENT:
        documents += 1
        guard documents == 1 else {
          let start = marks.offset(of: event.pointee.start_mark)
          throw ReadingError("a template is one YAML document; another begins here", at: start)
        }
      case YAML_SCALAR_EVENT: try readScalar(event)
      case YAML_ALIAS_EVENT: try readAlias(event)
      case YAML_SEQUENCE_START_EVENT:
        let start = event.pointee.data.sequence_start
        try openCollection(.sequence, event, tag: start.tag, anchor: start.anchor)
      case YAML_MAPPING_START_EVENT:
        let start = event.pointee.data.mapping_start
        try openCollection(.mapping, event, tag: start.tag, anchor: start.anchor)
      case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: try closeCollection(event)
      case YAML_STREAM_END_EVENT:
        guard documents > 0 else { throw ReadingError("the file is empty", at: 0) }
        return
      default: break  // The start of the stream and the end of a document.
      }
    }
  }

  private mutating func readScalar(_ event: UnsafePointer<yaml_event_t>) throws(ReadingError) {
    let scalar = event.pointee.data.scalar
    let node = try begin(event, tag: scalar.tag, anchor: scalar.anchor, isKey: takesKey)
    let nodesBefore = builder.nodeCount
    let value = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
    let isNothing = isPlain && value.isEmpty && node.properties.isEmpty
    let content = isNothing ? placeOfNothing(at: node.start) : node.properties.content
    let end = marks.offset(of: event.pointee.end_mark)
    let place = ScalarPlace(scalar.style, in: bytes, from: content, to: isNothing ? content : end)
    let isDecoded = !place.spells(value, in: bytes)
    let text = isDecoded ? builder.decode(value) : place.text..<place.text + value.count
    try builder.append(
      Document.Entry(
        kind: .scalar, isPlain: isPlain && !node.properties.makesString, isDecoded: isDecoded,
        start: UInt32(truncatingIfNeeded: isNothing ? content : node.start),
        end: UInt32(truncatingIfNeeded: place.end),
        textStart: UInt32(truncatingIfNeeded: text.lowerBound),
        textEnd: UInt32(truncatingIfNeeded: text.upperBound)))
    anchors.close(node.anchor, as: builder.lastEntry, size: builder.nodeCount - nodesBefore, height: 0)
    try endNode()
  }

  private mutating func readAlias(_ event: UnsafePointer<yaml_event_t>) throws(ReadingError) {
    let range = marks.offset(of: event.pointee.start_mark)..<marks.offset(of: event.pointee.end_mark)
    let name = String(cString: event.pointee.data.alias.anchor)
    guard let target = anchors[name] else {
      throw ReadingError("'*\(name)' has no anchor '&\(name)' before it", at: range.lowerBound)
    }
    guard let entry = target.entry else {
      throw ReadingError("'*\(name)' stands inside of what it names", at: range.lowerBound)
    }
    if takesKey, target.height > 0 { throw ReadingError("a key must be a scalar", at: range.lowerBound) }
    try builder.appendAlias(to: entry, size: target.size, height: target.height, at: range)
    try endNode()
  }

  private mutating func openCollection(
    _ kind: Document.Entry.Kind, _ event: UnsafePointer<yaml_event_t>,
    tag: UnsafeMutablePointer<yaml_char_t>?, anchor: UnsafeMutablePointer<yaml_char_t>?
  ) throws(ReadingError) {
    if takesKey {
      throw ReadingError("a key must be a scalar", at: marks.offset(of: event.pointee.start_mark))
    }
    let node = try begin(event, tag: tag, anchor: anchor, isKey: false)
    let content = node.properties.content
    let isBracket =
      content < bytes.count && (bytes[content] == UInt8(ascii: "{") || bytes[content] == UInt8(ascii: "["))
    open(
      Collection(
        anchor: node.anchor, nodesBefore: builder.nodeCount, hasBrackets: isBracket,
        takesKey: kind == .mapping))
    try builder.open(kind, at: node.start)
  }

  private mutating func closeCollection(_ event: UnsafePointer<yaml_event_t>) throws(ReadingError) {
    let end = innermost.hasBrackets ? marks.offset(of: event.pointee.end_mark) : nil
    try close(at: end)
    try endNode()
  }

  mutating func open(_ collection: Collection) {
    outer.append(innermost)
    innermost = collection
  }

  /// Closes the innermost collection or tag.
  private mutating func close(at end: Int?) throws(ReadingError) {
    let collection = innermost
    innermost = outer.removeLast()
    let (entry, height) = builder.close(at: end)
    if collection.hasMergeKey { try builder.mergeKeys(of: entry) }
    anchors.close(
      collection.anchor, as: entry, size: builder.nodeCount - collection.nodesBefore, height: height)
  }

  /// Closes the tags whose value has ended and turns from a key to its value or back.
  private mutating func endNode() throws(ReadingError) {
    while innermost.isTag { try close(at: nil) }
    guard builder.isInMapping else { return }
    if takesKey, builder.isMergeKey(builder.lastChild) { innermost.hasMergeKey = true }
    innermost.takesKey.toggle()
  }

  /// Where a scalar is that the source leaves out: after its colon or, without one, after its key. libyaml may place
  /// it on the token that comes next.
  private func placeOfNothing(at offset: Int) -> Int {
    guard builder.isInMapping, !takesKey else { return offset }
    let key = Int(builder.entries[Int(builder.lastChild)].end)
    var colon = key
    while colon < offset, bytes[colon] <= UInt8(ascii: " ") { colon += 1 }
    return colon < offset && bytes[colon] == UInt8(ascii: ":") ? colon + 1 : key
  }

  private var takesKey: Bool { innermost.takesKey }
}
