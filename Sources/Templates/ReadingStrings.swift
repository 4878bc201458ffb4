extension JSONReader {
  /// Reads the string that begins at the quote here.
  @inline(__always)
  mutating func readString() throws(ReadingError) {
    let start = at
    at += 1
    try skipText(of: start)
    guard bytes[at] == backslash else {
      at += 1
      return try append(from: start, text: start + 1..<at - 1)
    }
    try readEscapedString(from: start)
  }

  /// Reads on from the first backslash of a string; its text goes to the side buffer.
  private mutating func readEscapedString(from start: Int) throws(ReadingError) {
    var text = builder.decode(UnsafeBufferPointer(rebasing: bytes[start + 1..<at]))
    while bytes[at] == backslash {
      try readEscape(in: start)
      let run = at
      try skipText(of: start)
      text = text.lowerBound..<builder.decode(UnsafeBufferPointer(rebasing: bytes[run..<at])).upperBound
    }
    at += 1
    try append(from: start, isDecoded: true, text: text)
  }

  /// Goes on to the closing quote of a string or to a backslash, whichever comes first.
  @inline(__always)
  private mutating func skipText(of start: Int) throws(ReadingError) {
    while true {
      at = endOfRun(from: at)
      guard at < bytes.count else { throw ReadingError("unterminated string", at: start) }
      switch bytes[at] {
      case quote, backslash: return
      case 0x80...:
        let length = UTF8.length(of: bytes, at: at)
        guard length > 0 else { throw ReadingError("a string has bytes that are not UTF-8", at: at) }
        at += length
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        throw ReadingError("a string cannot go on in the next line", at: at)
      default: throw ReadingError("a string has a control character that is not escaped", at: at)
      }
    }
  }

  /// The first byte from `start` on that is a quote, a backslash, a control character or no ASCII.
  ///
  /// Looks at eight bytes at a time: subtracting borrows into the highest bit of every byte that is too small. Bytes
  /// behind the first find may be taken wrongly for another one, so that only the first counts.
  @inline(__always)
  private func endOfRun(from start: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var at = start
    while at + 8 <= bytes.count {
      let raw = UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped + at)
      let word = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
      let quotes = word ^ (ones &* UInt64(quote))
      let backslashes = word ^ (ones &* UInt64(backslash))
      let small =
        (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes | (word &- ones &* 0x20) & ~word
      let found = (small | word) & (ones &* 0x80)
      if found != 0 { return at + found.trailingZeroBitCount / 8 }
      at += 8
    }
    while at < bytes.count, bytes[at] >= 0x20, bytes[at] < 0x80, bytes[at] != quote, bytes[at] != backslash {
      at += 1
    }
    return at
  }

  /// Decodes the escape that begins at the backslash here.
  private mutating func readEscape(in start: Int) throws(ReadingError) {
    let escape = at
    at += 1
    guard at < bytes.count else { throw ReadingError("unterminated string", at: start) }
    let byte = bytes[at]
    at += 1
    switch byte {
    case quote, backslash, UInt8(ascii: "/"): _ = builder.decode(CollectionOfOne(byte))
    case UInt8(ascii: "n"): _ = builder.decode(CollectionOfOne(0x0A))
    case UInt8(ascii: "t"): _ = builder.decode(CollectionOfOne(0x09))
    case UInt8(ascii: "r"): _ = builder.decode(CollectionOfOne(0x0D))
    case UInt8(ascii: "b"): _ = builder.decode(CollectionOfOne(0x08))
    case UInt8(ascii: "f"): _ = builder.decode(CollectionOfOne(0x0C))
    case UInt8(ascii: "u"):
      let scalar = try readUnicodeEscape(from: escape)
      _ = builder.decode(UTF8.encode(scalar).unsafelyUnwrapped)
    default: throw ReadingError("a string has an escape that JSON does not know", at: escape)
    }
  }

  /// The scalar of a `\u` escape, whose digits begin here, together with the second half of a surrogate pair. RFC 8259
  /// allows a half alone and gives it no meaning (section 8.2); it becomes U+FFFD.
  private mutating func readUnicodeEscape(from escape: Int) throws(ReadingError) -> Unicode.Scalar {
    guard let unit = codeUnit(at: at) else {
      throw ReadingError("expected four hexadecimal digits after '\\u'", at: escape)
    }
    at += 4
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard UTF16.isLeadSurrogate(unit), at + 1 < bytes.count, bytes[at] == backslash,
      bytes[at + 1] == UInt8(ascii: "u"), let second = codeUnit(at: at + 2), UTF16.isTrailSurrogate(second)
    else { return "\u{FFFD}" }
    at += 6
    return UTF16.decode(UTF16.EncodedScalar([unit, second]))
  }

  private func codeUnit(at offset: Int) -> UInt16? {
    guard offset + 4 <= bytes.count else { return nil }
    var unit: UInt16 = 0
    for byte in bytes[offset..<offset + 4] {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: return nil
      }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }
}

extension UTF8 {
  /// How many bytes the scalar at `offset` takes that is no ASCII; 0 when it is not well-formed (Unicode, table 3-7).
  fileprivate static func length(of bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int {
    let lead = bytes[offset]
    let (length, second): (Int, ClosedRange<UInt8>) =
      switch lead {
      case 0xC2...0xDF: (2, 0x80...0xBF)
      case 0xE0: (3, 0xA0...0xBF)
      case 0xED: (3, 0x80...0x9F)
      case 0xE1...0xEF: (3, 0x80...0xBF)
      case 0xF0: (4, 0x90...0xBF)
      case 0xF1...0xF3: (4, 0x80...0xBF)
      case 0xF4: (4, 0x80...0x8F)
      default: (0, 0x80...0xBF)
      }
    guard length > 0, offset + length <= bytes.count, second ~= bytes[offset + 1] else { return 0 }
    for index in 2..<max(length, 2) where bytes[offset + index] & 0xC0 != 0x80 { return 0 }
    return length
  }
}

private let quote = UInt8(ascii: "\"")
private let backslash = UInt8(ascii: "\\")
