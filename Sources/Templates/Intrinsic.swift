/// A call of an intrinsic function: a mapping with one entry whose key names the function.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
package struct Intrinsic: Sendable {
  /// `Ref`, `Condition`, or the name after `Fn::`.
  package let name: String
  package let argument: Node
  /// The bytes of the whole call.
  package let range: Range<Int>

  /// `nil` when the node is no call of an intrinsic function.
  package init?(_ node: Node) {
    guard let call = node.document.withArena({ $0.call(node.entry) }) else { return nil }
    name = call.name
    argument = Node(node.document, Int(call.argument))
    range = node.range
  }
}

/// The pieces of a `Fn::Sub` string: literal text and the names between `${` and `}`.
package enum SubPiece: Hashable, Sendable {
  case literal(String)
  /// `${Name}` or `${Name.Attribute}` without the blanks around the name; the range counts in the UTF-8 bytes of the
  /// string, braces included.
  case variable(String, Range<Int>)

  /// Splits the string of a `Fn::Sub`. `${!Name}` is the literal `${Name}`; a `${` without `}` is literal too.
  package static func pieces(of string: String) -> [SubPiece] {
    let bytes = Array(string.utf8)
    var pieces: [SubPiece] = []
    var literal: [UInt8] = []
    // Where the bytes begin that are not taken in yet, and where to look for the next `${`.
    var start = 0
    var index = 0
    // Behind it nothing is closed, and no `${` has to look for its end.
    let lastClose = bytes.lastIndex(of: UInt8(ascii: "}")) ?? 0
    while index < lastClose {
      guard bytes[index] == UInt8(ascii: "$"), bytes[index + 1] == UInt8(ascii: "{"),
        let close = bytes[index...].firstIndex(of: UInt8(ascii: "}"))
      else {
        index += 1
        continue
      }
      literal += bytes[start..<index]
      let name = bytes[(index + 2)..<close]
      if name.first == UInt8(ascii: "!") {
        literal += "${".utf8 + name.dropFirst() + "}".utf8
      } else {
        if !literal.isEmpty { pieces.append(.literal(String(decoding: literal, as: UTF8.self))) }
        literal = []
        pieces.append(.variable(String(decoding: trimmed(name), as: UTF8.self), index..<(close + 1)))
      }
      index = close + 1
      start = index
    }
    literal += bytes[start...]
    if !literal.isEmpty { pieces.append(.literal(String(decoding: literal, as: UTF8.self))) }
    return pieces
  }

  /// A name without the blanks around it.
  private static func trimmed(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var name = name
    while name.first == UInt8(ascii: " ") { name.removeFirst() }
    while name.last == UInt8(ascii: " ") { name.removeLast() }
    return name
  }
}
