/// One line of an ignore file, as gitignore(5) reads it.
struct IgnorePattern {
  /// `!`: takes a path back that an earlier line ignores.
  let isNegative: Bool
  private let isForFoldersOnly: Bool
  /// Without a slash inside, a pattern is about names at any depth and not about paths.
  private let isForNames: Bool
  private let wildcard: Wildcard

  /// `nil` for a comment, an empty line and a pattern that can match nothing.
  init?(_ line: ArraySlice<UInt8>, ignoringCase: Bool) {
    var text = Self.withoutTrailingSpaces(line)
    guard let first = text.first, first != UInt8(ascii: "#") else { return nil }
    isNegative = first == UInt8(ascii: "!")
    if isNegative { text.removeFirst() }
    isForFoldersOnly = text.last == slash
    if isForFoldersOnly { text.removeLast() }
    isForNames = !text.contains(slash)
    if text.first == slash { text.removeFirst() }
    guard !text.isEmpty, let wildcard = Wildcard(text, ignoringCase: ignoringCase) else { return nil }
    self.wildcard = wildcard
  }

  /// `path` is relative to the folder of the ignore file, `name` its last part.
  func matches(path: ArraySlice<UInt8>, name: ArraySlice<UInt8>, isFolder: Bool) -> Bool {
    (isFolder || !isForFoldersOnly) && wildcard.matches(isForNames ? name : path)
  }

  /// A backslash before a space keeps it.
  private static func withoutTrailingSpaces(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var kept = line.startIndex
    var index = line.startIndex
    while index < line.endIndex {
      if line[index] == UInt8(ascii: "\\") && index + 1 < line.endIndex { index += 1 }
      let isKept =
        line[index] != UInt8(ascii: " ") || (index > line.startIndex && line[index - 1] == UInt8(ascii: "\\"))
      index += 1
      if isKept { kept = index }
    }
    return line[..<kept]
  }
}
