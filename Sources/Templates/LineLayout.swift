/// The lines around a place in a text.
struct LineLayout {
  let bytes: [UInt8]

  /// The first byte of the line that holds an offset.
  func start(of offset: Int) -> Int { (bytes[..<offset].lastIndex(of: lineFeed) ?? -1) + 1 }

  /// The line feed that ends the line of an offset, or the end of the text.
  func end(of offset: Int) -> Int { bytes[offset...].firstIndex(of: lineFeed) ?? bytes.count }

  /// What ends the line of an offset; for the last line what ends the one before it.
  func lineBreak(at offset: Int) -> String {
    let end = end(of: offset)
    let feed = end < bytes.count ? end : bytes[..<end].lastIndex(of: lineFeed)
    guard let feed, feed > 0, bytes[feed - 1] == carriageReturn else { return "\n" }
    return "\r\n"
  }

  /// What stands before an offset in its line, if that is nothing but white space.
  func indentation(before offset: Int) -> String? {
    let text = bytes[start(of: offset)..<offset]
    return text.allSatisfy(isBlank) ? String(decoding: text, as: UTF8.self) : nil
  }

  /// Whether nothing follows an offset in its line, or a comment alone. A comment ends at what YAML 1.1 takes for a line
  /// break, though no editor does.
  func isRestEmpty(behind offset: Int) -> Bool {
    var rest = bytes[offset..<end(of: offset)]
    if rest.last == carriageReturn { rest.removeLast() }
    guard let first = rest.firstIndex(where: { !isBlank($0) }) else { return true }
    guard bytes[first] == UInt8(ascii: "#"), first > offset else { return false }
    let breaks: [[UInt8]] = [[carriageReturn], [0xC2, 0x85], [0xE2, 0x80, 0xA8], [0xE2, 0x80, 0xA9]]
    return !breaks.contains { rest.contains($0) }
  }

  /// Whether a tab stands in the blank lines behind the line of an offset. libyaml reads it as a part of a plain scalar before
  /// it, and refuses it behind a bracket.
  func hasBlankTabs(behind offset: Int) -> Bool {
    bytes[end(of: offset)...].prefix { isBlank($0) || $0 == lineFeed || $0 == carriageReturn }.contains(tab)
  }

  /// A whole line behind the one that holds an offset.
  func inserting(_ line: String, behind offset: Int) -> TextEdit {
    let end = end(of: offset)
    let lineBreak = lineBreak(at: offset)
    return end < bytes.count
      ? TextEdit(range: end + 1..<end + 1, text: line + lineBreak)
      : TextEdit(range: end..<end, text: lineBreak + line)
  }

  /// A whole line before the one that holds an offset.
  func inserting(_ line: String, before offset: Int) -> TextEdit {
    let start = start(of: offset)
    return TextEdit(range: start..<start, text: line + lineBreak(at: max(start - 1, 0)))
  }
}

private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == tab }

private let tab = UInt8(ascii: "\t")
private let lineFeed = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
