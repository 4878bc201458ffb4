/// A value to write into a document.
package indirect enum NewValue: Hashable, Sendable {
  case text(String)
  case flag(Bool)
  case list([NewValue])
  case mapping([NewEntry])
}

/// A key with its value, to write into a document.
package struct NewEntry: Hashable, Sendable {
  package let key: String
  package let value: NewValue

  package init(_ key: String, _ value: NewValue) {
    self.key = key
    self.value = value
  }
}

/// How the text around a place spells things, in one line: what is written there looks the same.
struct Spelling {
  var quote = Quote.plain
  var comma = ", "
  var colon = ": "

  /// What stands around texts and keys.
  enum Quote: String {
    /// Nothing where YAML reads them as text.
    case plain = ""
    case single = "'"
    case double = "\""
  }

  /// `nil` for text that would need escapes.
  func text(of entry: NewEntry) -> String? {
    guard let key = text(entry.key), let value = text(of: entry.value) else { return nil }
    return key + colon + value
  }

  func text(of value: NewValue) -> String? {
    switch value {
    case .text(let text): return self.text(text)
    case .flag(let flag): return flag ? "true" : "false"
    case .list(let values):
      let texts = values.compactMap(text)
      return texts.count == values.count ? "[" + texts.joined(separator: comma) + "]" : nil
    case .mapping(let entries):
      let texts = entries.compactMap { text(of: $0) }
      return texts.count == entries.count ? "{" + texts.joined(separator: comma) + "}" : nil
    }
  }

  private func text(_ text: String) -> String? {
    if quote == .plain, Spelling.isPlain(text) { return text }
    let mark = quote == .single ? Quote.single.rawValue : Quote.double.rawValue
    let needsEscape = text.unicodeScalars.contains { scalar in
      !(" "..."~").contains(scalar) || scalar == "\\" || String(scalar) == mark
    }
    return needsEscape ? nil : mark + text + mark
  }

  /// Whether YAML, of either version, reads it without quotes as text.
  private static func isPlain(_ text: String) -> Bool {
    guard text.utf8.allSatisfy(isWordByte), let first = text.utf8.first, first | 0x20 >= UInt8(ascii: "a") else {
      return false
    }
    return !["y", "n", "yes", "no", "on", "off", "true", "false", "null"].contains(text.lowercased())
  }
}

/// Whether a byte may stand in a name that needs no quotes, inside brackets or not.
func isWordByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
    true
  default: false
  }
}
