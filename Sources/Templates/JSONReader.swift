/// Reads JSON (RFC 8259), and nothing more lenient. CDK writes its templates as JSON, so this is the hot path: keys and
/// strings stay slices of the source unless they have escapes, and nesting costs no recursion.
struct JSONReader: ~Copyable {
  let bytes: UnsafeBufferPointer<UInt8>
  var builder: DocumentBuilder
  /// The next byte to read.
  var at = 0

  static func read(_ text: SourceText, limits: Limits) throws(ReadingError) -> Document {
    try text.bytes.withUnsafeBufferPointer { (bytes) throws(ReadingError) in
      var reader = JSONReader(bytes: bytes, builder: DocumentBuilder(text, limits: limits))
      if text.hasByteOrderMark { reader.at = SourceText.byteOrderMark.count }
      try reader.readDocument()
      return reader.builder.finish()
    }
  }

  private mutating func readDocument() throws(ReadingError) {
    skipSpace()
    guard at < bytes.count else { throw ReadingError("the file is empty", at: at) }
    var isFirst = try readValue(or: "expected a value")
    while builder.isOpen {
      isFirst = try builder.isInMapping ? readMember(isFirst) : readElement(isFirst)
    }
    skipSpace()
    guard at == bytes.count else { throw unexpected("expected nothing after the end of the document") }
  }

  /// Reads a key with its value, or the end of the mapping. Tells whether the value is a collection that begins.
  private mutating func readMember(_ isFirst: Bool) throws(ReadingError) -> Bool {
    skipSpace()
    if next(is: "}") { return close() }
    if !isFirst {
      guard next(is: ",") else { throw unexpected("expected ',' or '}' after a value") }
      at += 1
      skipSpace()
    }
    guard next(is: "\"") else { throw unexpected("expected a key in double quotes") }
    try readString()
    skipSpace()
    guard next(is: ":") else { throw unexpected("expected ':' after a key") }
    at += 1
    skipSpace()
    return try readValue(or: "expected a value after ':'")
  }

  /// Reads an element, or the end of the sequence. Tells whether the element is a collection that begins.
  private mutating func readElement(_ isFirst: Bool) throws(ReadingError) -> Bool {
    skipSpace()
    if next(is: "]") { return close() }
    guard !isFirst else { return try readValue(or: "expected a value or ']'") }
    guard next(is: ",") else { throw unexpected("expected ',' or ']' after a value") }
    at += 1
    skipSpace()
    return try readValue(or: "expected a value after ','")
  }

  private mutating func close() -> Bool {
    at += 1
    builder.close(at: at)
    return false
  }

  /// Reads a scalar or the opening bracket of a collection; tells whether it was a bracket.
  @inline(__always)
  private mutating func readValue(or message: StaticString) throws(ReadingError) -> Bool {
    guard at < bytes.count else { throw unexpected(message) }
    switch bytes[at] {
    case UInt8(ascii: "\""):
      try readString()
      return false
    case UInt8(ascii: "{"): try builder.open(.mapping, at: at)
    case UInt8(ascii: "["): try builder.open(.sequence, at: at)
    default:
      try readPlain(or: message)
      return false
    }
    at += 1
    return true
  }

  private mutating func readPlain(or message: StaticString) throws(ReadingError) {
    let start = at
    switch bytes[at] {
    case UInt8(ascii: "t"): try readWord("true", or: message)
    case UInt8(ascii: "f"): try readWord("false", or: message)
    case UInt8(ascii: "n"): try readWord("null", or: message)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try readNumber()
    default: throw unexpected(message)
    }
    try append(from: start, isPlain: true, text: start..<at)
  }

  private mutating func readWord(_ word: StaticString, or message: StaticString) throws(ReadingError) {
    for index in 0..<word.utf8CodeUnitCount {
      guard at + index < bytes.count, bytes[at + index] == word.utf8Start[index] else {
        throw unexpected(message)
      }
    }
    at += word.utf8CodeUnitCount
  }

  private mutating func readNumber() throws(ReadingError) {
    if next(is: "-") { at += 1 }
    if next(is: "0") {
      at += 1
      if nextIsDigit { throw unexpected("a number cannot begin with 0") }
    } else {
      try readDigits()
    }
    if next(is: ".") {
      at += 1
      try readDigits()
    }
    if next(is: "e") || next(is: "E") {
      at += 1
      if next(is: "+") || next(is: "-") { at += 1 }
      try readDigits()
    }
  }

  private mutating func readDigits() throws(ReadingError) {
    guard nextIsDigit else { throw unexpected("expected a digit") }
    while nextIsDigit { at += 1 }
  }

  /// Adds the scalar from `start` to here.
  @inline(__always)
  mutating func append(
    from start: Int, isPlain: Bool = false, isDecoded: Bool = false, text: Range<Int>
  ) throws(ReadingError) {
    try builder.append(
      Document.Entry(
        kind: .scalar, isPlain: isPlain, isDecoded: isDecoded,
        start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: at),
        textStart: UInt32(truncatingIfNeeded: text.lowerBound),
        textEnd: UInt32(truncatingIfNeeded: text.upperBound)))
  }

  @inline(__always)
  private mutating func skipSpace() {
    while at < bytes.count, bytes[at] <= UInt8(ascii: " ") {
      switch bytes[at] {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): at += 1
      default: return
      }
    }
  }

  @inline(__always)
  private func next(is character: Unicode.Scalar) -> Bool {
    at < bytes.count && bytes[at] == UInt8(ascii: character)
  }

  private var nextIsDigit: Bool { at < bytes.count && bytes[at] &- UInt8(ascii: "0") < 10 }

  /// The error that another thing stands here; says more where it is a known habit or the end.
  func unexpected(_ message: StaticString) -> ReadingError {
    guard at < bytes.count else { return ReadingError("\(message), but the file ends", at: at) }
    let isComment =
      at + 1 < bytes.count && bytes[at] == slash && (bytes[at + 1] == slash || bytes[at + 1] == star)
    return ReadingError(isComment ? "JSON has no comments" : "\(message)", at: at)
  }
}

private let slash = UInt8(ascii: "/")
private let star = UInt8(ascii: "*")
