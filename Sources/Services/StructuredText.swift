import Templates

/// The values of a text that is JSON or YAML: configuration in one variable, parameter, secret or command.
enum StructuredText {
  struct Entry: Hashable {
    /// The keys that lead to the value, with dots; empty for the elements of a list at the top.
    let label: String
    let text: String
    /// The port that stands apart, in the same mapping.
    let port: Int?
  }

  /// `nil` when the text is neither.
  static func entries(of text: String) -> [Entry]? {
    guard looksStructured(text), let document = try? Document.read(Array(text.utf8), named: "text") else { return nil }
    guard document.root.kind != .scalar else { return nil }
    var entries: [Entry] = []
    collect(document.root, "", nil, into: &entries)
    return entries
  }

  /// The value of a key at the top.
  static func value(of key: String, in text: String) -> String? {
    guard looksStructured(text), let document = try? Document.read(Array(text.utf8), named: "text") else { return nil }
    return document.root[key]?.text
  }

  /// A bracket at the beginning, or a line of YAML with a key among several lines. Parsing is for those alone.
  private static func looksStructured(_ text: String) -> Bool {
    guard let first = text.utf8.first(where: { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }) else {
      return false
    }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return true }
    guard text.utf8.contains(UInt8(ascii: "\n")) else { return false }
    let lines = text.split(separator: "\n")
    return lines.count > 1
      && lines.contains { line in
        guard let colon = line.firstIndex(of: ":") else { return false }
        let after = line.index(after: colon)
        return (after == line.endIndex || line[after] == " ")
          && line[..<colon].allSatisfy { $0.isLetter || $0.isNumber || " -_.\"'/".contains($0) }
      }
  }

  private static func collect(_ node: Node, _ label: String, _ port: Int?, into entries: inout [Entry]) {
    switch node.kind {
    case .scalar: entries.append(Entry(label: label, text: node.text ?? "", port: port))
    case .sequence: for element in node.elements { collect(element, label, nil, into: &entries) }
    case .mapping:
      let values = node.entries.compactMap { key, value in key.text.map { (name: HostWords($0), value: value) } }
      let ports = PortTable(values.compactMap { name, value in value.text.map { (name: name, text: $0) } })
      for (words, value) in values {
        let name = words.name
        collect(
          value, label.isEmpty ? name : "\(label).\(name)", ports.port(for: words, pairsAlone: true), into: &entries)
      }
    }
  }
}
