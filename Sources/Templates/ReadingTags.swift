internal import CLibYAML

extension YAMLReader {
  /// Reads the tag and the anchor before a node. A tag that is no core tag opens the mapping that it stands for.
  mutating func begin(
    _ event: UnsafePointer<yaml_event_t>, tag: UnsafeMutablePointer<yaml_char_t>?,
    anchor: UnsafeMutablePointer<yaml_char_t>?, isKey: Bool
  ) throws(ReadingError) -> Beginning {
    let start = marks.offset(of: event.pointee.start_mark)
    // A plain scalar cannot begin with these.
    guard start < bytes.count, bytes[start] == UInt8(ascii: "!") || bytes[start] == UInt8(ascii: "&") else {
      return Beginning(properties: Properties(content: start), start: start)
    }
    var properties = Properties(in: bytes, from: start, to: marks.offset(of: event.pointee.end_mark))
    let opened = anchor.map { anchors.open(String(cString: $0)) }
    guard let place = properties.tag else {
      return Beginning(properties: properties, anchor: opened, start: properties.content)
    }
    let name = tag.map { String(cString: $0) } ?? "!"
    if name == "!" || name.hasPrefix(coreTag) {
      properties.makesString = name == "!" || name == coreTag + "str" || name == coreTag + "binary"
      return Beginning(properties: properties, anchor: opened, start: place.lowerBound)
    }
    if isKey { throw ReadingError("a key cannot have the tag \(name)", at: place.lowerBound) }
    try openTag(name, at: place, anchor: opened)
    return Beginning(properties: properties, start: properties.content)
  }

  /// Opens the mapping that a short tag stands for, and adds its key, placed on the tag.
  private mutating func openTag(_ name: String, at place: Range<Int>, anchor: Int?) throws(ReadingError) {
    open(Collection(anchor: anchor, nodesBefore: builder.nodeCount, isTag: true))
    try builder.open(.mapping, at: place.lowerBound)
    var key = Document.Entry(
      kind: .scalar, start: UInt32(truncatingIfNeeded: place.lowerBound),
      end: UInt32(truncatingIfNeeded: place.upperBound))
    let text: Range<Int>
    if let known = tagKeys[name] {
      text = known
      key.isDecoded = true
    } else if let function = functions[name] {
      text = builder.decode(function.utf8)
      tagKeys[name] = text
      key.isDecoded = true
    } else if bytes[place].elementsEqual(name.utf8) {
      text = place
    } else {
      text = builder.decode(name.utf8)
      key.isDecoded = true
    }
    key.textStart = UInt32(truncatingIfNeeded: text.lowerBound)
    key.textEnd = UInt32(truncatingIfNeeded: text.upperBound)
    try builder.append(key)
  }
}

/// What YAML's own tags begin with: `!!str` is `tag:yaml.org,2002:str`.
private let coreTag = "tag:yaml.org,2002:"

/// The keys that CloudFormation's short tags stand for.
private let functions: [String: String] = {
  let names = """
    And Base64 Cidr Contains EachMemberEquals EachMemberIn Equals FindInMap ForEach GetAZs GetAtt GetStackOutput If \
    Implies ImportValue Join Length Not Or RefAll Select Split Sub ToJsonString Transform ValueOf ValueOfAll
    """
  var functions = ["!Ref": "Ref", "!Condition": "Condition"]
  for name in names.split(separator: " ") { functions["!\(name)"] = "Fn::\(name)" }
  return functions
}()
