import Diagnostics

/// Text from templates and paths, made safe to print: it ends no line, moves no cursor, hides and reorders
/// nothing, and no CI runner takes it for a command. What could do so is written out, as in `\x1b` and `\u{202e}`.
package enum TerminalText {
  /// The text as a part of one line.
  static func escaped(_ text: String) -> String {
    // Visible ASCII is safe, and without a hash it is no command. Nearly every text is done with that.
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "#") }
    return isPlain ? text : pieces(of: text.unicodeScalars).joined()
  }

  /// The lines of a text of several lines, tabs expanded, without the empty ones at its end.
  package static func lines(of text: String) -> [String] {
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { line in
      let line = line.split(separator: "\t", omittingEmptySubsequences: false).map { escaped(String($0)) }
        .joined(separator: String(repeating: " ", count: tabWidth))
      let scalars = line.unicodeScalars
      guard LogCommand.begins(line), let colon = scalars.firstIndex(of: ":") else { return line }
      return String(scalars[..<colon]) + VisibleText.writtenOut(":") + String(scalars[colon...].dropFirst())
    }
  }

  /// One piece for each scalar: itself, or how it is written out.
  static func pieces(of scalars: some Sequence<Unicode.Scalar>) -> [String] {
    var command = LogCommand()
    var last: Unicode.Scalar?
    return scalars.map { scalar in
      defer { last = scalar }
      let isSafe = !command.opens(with: scalar) && VisibleText.isVisible(scalar, after: last)
      return isSafe ? String(scalar) : VisibleText.writtenOut(scalar)
    }
  }

  /// Columns that a tab is expanded to at most; what rustc takes, since a source line here has little room.
  static let tabWidth = 4
}
