extension YAMLReader {
  /// The tag and the anchor that stand before the content of a YAML node, in either order.
  struct Properties {
    /// The bytes of the tag with its `!`.
    var tag: Range<Int>?
    /// The first byte of what comes after them.
    var content: Int
    var isEmpty = true
    /// Whether the tag makes a string of a plain scalar.
    var makesString = false

    init(content: Int) { self.content = content }

    /// Finds the properties that begin at `start`; nothing from `end` on belongs to them.
    ///
    /// libyaml has accepted them: a tag ends at white space, inside brackets also before a comma.
    init(in bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) {
      content = start
      isEmpty = false
      var at = start
      while at < end {
        switch bytes[at] {
        case UInt8(ascii: "!"):
          let from = at
          let isVerbatim = at + 1 < end && bytes[at + 1] == UInt8(ascii: "<")
          while at < end, bytes[at] > space, isVerbatim || bytes[at] != comma, !isWideBreak(bytes, at) {
            at += 1
          }
          tag = from..<at
        case UInt8(ascii: "&"):
          at += 1
          while at < end, isAnchorCharacter(bytes[at]) { at += 1 }
        case UInt8(ascii: "#"):
          while at < end, bytes[at] != UInt8(ascii: "\n"), bytes[at] != UInt8(ascii: "\r"),
            !isWideBreak(bytes, at)
          {
            at += 1
          }
        case ...space: at += 1
        default:
          guard isWideBreak(bytes, at) else {
            content = at
            return
          }
          at += bytes[at] == 0xC2 ? 2 : 3
        }
      }
      content = end
    }
  }
}

/// Whether one of the line breaks that YAML 1.1 has beside LF and CR stands here: U+0085, U+2028 or U+2029.
private func isWideBreak(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
  switch bytes[at] {
  case 0xC2: at + 1 < bytes.count && bytes[at + 1] == 0x85
  case 0xE2: at + 2 < bytes.count && bytes[at + 1] == 0x80 && bytes[at + 2] & 0xFE == 0xA8
  default: false
  }
}

/// What libyaml takes in the name of an anchor.
private func isAnchorCharacter(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
    true
  default: false
  }
}

private let space = UInt8(ascii: " ")
private let comma = UInt8(ascii: ",")
