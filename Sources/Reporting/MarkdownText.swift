/// Text in which nothing is markup: no link, no mention, no HTML, no table cell, no emoji.
enum MarkdownText {
  /// The text as a part of one line.
  static func escaped(_ text: String) -> String {
    TerminalText.escaped(text).unicodeScalars.reduce(into: "") { result, scalar in
      if scalar == "@" || scalar == "&" || scalar == "<" || scalar == ">" {
        // A backslash does not keep GitHub from a mention.
        result += "&#\(scalar.value);"
      } else if marks.contains(scalar) {
        result += "\\" + String(scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }

  /// What a backslash makes plain: https://spec.commonmark.org/0.31.2/#backslash-escapes
  private static let marks = Set("\\`*_{}[]()#+!|~$:".unicodeScalars)
}
