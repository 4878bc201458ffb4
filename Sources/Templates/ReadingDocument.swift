package import Diagnostics

extension Document {
  /// Reads a template, JSON or YAML, whatever its name says: what begins with a bracket is read as JSON and, where that
  /// fails, as YAML, which has brackets too. If both fail, the error is that of the language the file is meant to be in.
  package static func read(
    _ bytes: [UInt8], named path: Path, limits: Limits = .standard
  ) throws(ReadingError) -> Document {
    let size = min(limits.size, Int(UInt32.max))
    guard bytes.count <= size else {
      throw ReadingError("the file has \(bytes.count) bytes; a template may have \(size)", at: 0)
    }
    guard !isUTF16(bytes) else { throw ReadingError("the file is UTF-16; a template must be UTF-8", at: 0) }
    let text = SourceText(bytes)
    let first = firstByte(of: text)
    guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
      return try YAMLReader.read(text, limits: limits)
    }
    do {
      return try JSONReader.read(text, limits: limits)
    } catch let jsonError {
      let isMeantAsJSON =
        path.name.hasSuffix(".json") || path.name.hasSuffix(".template") && first == UInt8(ascii: "{")
      do {
        return try YAMLReader.read(text, limits: limits)
      } catch let yamlError {
        throw isMeantAsJSON ? jsonError : yamlError
      }
    }
  }

  /// Text of any template begins with ASCII, of which UTF-16 makes a NUL and another byte.
  private static func isUTF16(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 2 else { return false }
    switch (bytes[0], bytes[1]) {
    case (0xFF, 0xFE), (0xFE, 0xFF): return true
    case (0, 0): return false
    case (0, _), (_, 0): return true
    default: return false
    }
  }

  /// The first byte that is no white space, after a byte order mark.
  private static func firstByte(of text: SourceText) -> UInt8? {
    text.bytes.dropFirst(text.hasByteOrderMark ? SourceText.byteOrderMark.count : 0)
      .first { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }
  }
}
