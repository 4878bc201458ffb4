package import Templates

/// The tree of a document as a value that a test can edit and write as JSON, with every scalar but null a string
/// and duplicate keys included.
package indirect enum TemplateTree: Hashable, Sendable {
  case scalar(String)
  /// YAML's and JSON's value for nothing, where a test wants it told from a string.
  case null
  case sequence([TemplateTree])
  case mapping([Entry])

  package struct Entry: Hashable, Sendable {
    package var key: String
    package var value: TemplateTree

    package init(key: String, value: TemplateTree) {
      self.key = key
      self.value = value
    }
  }

  package init(_ node: Node, keepsNull: Bool = false) {
    switch node.kind {
    case .scalar:
      self = keepsNull && node.isNull ? .null : .scalar(node.text ?? "")
    case .sequence: self = .sequence(node.elements.map { TemplateTree($0, keepsNull: keepsNull) })
    case .mapping:
      self = .mapping(
        node.entries.map { Entry(key: $0.key.text ?? "", value: TemplateTree($0.value, keepsNull: keepsNull)) })
    }
  }

  /// The entries of a mapping; none of anything else.
  package var entries: [Entry] {
    if case .mapping(let entries) = self { entries } else { [] }
  }

  /// The value of a key; of several equal keys the last one counts. Setting `nil` takes the key away.
  package subscript(key: String) -> TemplateTree? {
    get { entries.last { $0.key == key }?.value }
    set {
      var entries = entries
      let index = entries.lastIndex { $0.key == key }
      switch (index, newValue) {
      case (let index?, let value?): entries[index].value = value
      case (nil, let value?): entries.append(Entry(key: key, value: value))
      case (_, nil): entries.removeAll { $0.key == key }
      }
      self = .mapping(entries)
    }
  }

  package var json: String {
    switch self {
    case .scalar(let text): TemplateTree.quoted(text)
    case .null: "null"
    case .sequence(let elements): "[" + elements.map(\.json).joined(separator: ",") + "]"
    case .mapping(let entries):
      "{" + entries.map { "\(TemplateTree.quoted($0.key)):\($0.value.json)" }.joined(separator: ",") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case ..<" ": result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension Document {
  package var json: String { TemplateTree(root).json }
}
