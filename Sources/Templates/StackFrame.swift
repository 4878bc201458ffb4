/// A line of a stack trace that a cloud assembly keeps: where in a file a construct was being made.
package struct StackFrame: Hashable, Sendable {
  /// Absolute, with `/` between names.
  package let file: String
  /// 1-based.
  package let line: Int
  /// 1-based, in UTF-16 units, as JavaScript counts them; other languages tell none.
  package let column: Int?

  /// Reads `name (/path:line:column)`, `/path:line:column` or `name (/path:line)`, with a URL or a path of Windows in the
  /// place of the path. `nil` for everything else, such as `...node internals...` and what was evaluated from a text.
  ///
  /// https://v8.dev/docs/stack-trace-api#appendix%3A-stack-trace-format
  package init?(_ text: String) {
    guard text.utf8.count <= Self.longest else { return nil }
    var place = text[...]
    if place.last == ")", let start = Self.start(ofPlaceIn: place) {
      place = place[start...].dropLast()
    } else {
      for word in ["at ", "async "] where place.hasPrefix(word) { place = place.dropFirst(word.count) }
    }
    guard let last = Self.splitDigits(&place) else { return nil }
    let first = Self.splitDigits(&place)
    guard let line = Int(first ?? last), line > 0 else { return nil }
    self.line = line
    if first == nil {
      column = nil
    } else {
      guard let column = Int(last), column > 0 else { return nil }
      self.column = column
    }
    guard let file = Self.path(place) else { return nil }
    self.file = file
  }

  /// In bytes: of a path and the name of a function.
  private static let longest = 8192

  /// Where the place begins behind the name of a function, which may hold brackets itself, as the path may.
  private static func start(ofPlaceIn text: Substring) -> Substring.Index? {
    text.indices.first { index in
      guard text[index] == "(" else { return false }
      let rest = text[text.index(after: index)...]
      return rest.first == "/" || rest.hasPrefix("file:") || rest.hasDrive
    }
    .map(text.index(after:))
  }

  /// Takes `:<digits>` off the end.
  private static func splitDigits(_ text: inout Substring) -> Substring? {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    let digits = text[text.index(after: colon)...]
    guard digits.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) else { return nil }
    text = text[..<colon]
    return digits
  }

  private static func path(_ text: Substring) -> String? {
    var path = text
    if path.hasPrefix("file:") {
      // `file:///path`; what follows `?` tells two imports of one module apart.
      path = path.dropFirst("file:".count).drop { $0 == "/" }
      guard let decoded = decoded(path.prefix { $0 != "?" && $0 != "#" }) else { return nil }
      path = decoded.hasDrive ? decoded[...] : "/" + decoded[...]
    }
    if path.hasDrive { return String(path.replacing("\\", with: "/")) }
    return path.first == "/" ? String(path) : nil
  }

  /// Without the escapes of a URL.
  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

extension StringProtocol {
  /// Whether it begins as an absolute path of Windows, `C:\` or `C:/`.
  fileprivate var hasDrive: Bool {
    let start = Array(utf8.prefix(3))
    guard start.count == 3, start[1] == UInt8(ascii: ":") else { return false }
    return (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(start[0] & 0xDF)
      && [UInt8(ascii: "\\"), UInt8(ascii: "/")].contains(start[2])
  }
}
