/// An element of XML 1.0, so that a reporter reads like the document that it writes. Whatever its texts hold, they stay
/// text: control characters are written out, as on a terminal, since XML has none.
struct XMLElement {
  let name: String
  /// In the order in which they are written.
  var attributes: [(name: String, value: String)]
  var children: [XMLElement] = []
  /// Of several lines, perhaps; only of an element without children.
  var text: String?

  /// The whole document.
  var document: String { "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + lines(indent: "") }

  private func lines(indent: String) -> String {
    let list = attributes.map { " \($0.name)=\"\(Self.escaped(TerminalText.escaped($0.value)))\"" }.joined()
    if let text {
      let lines = TerminalText.lines(of: text).map(Self.escaped).joined(separator: "\n")
      return "\(indent)<\(name)\(list)>\(lines)</\(name)>\n"
    }
    guard !children.isEmpty else { return "\(indent)<\(name)\(list)/>\n" }
    return "\(indent)<\(name)\(list)>\n" + children.map { $0.lines(indent: indent + "  ") }.joined()
      + "\(indent)</\(name)>\n"
  }

  /// By scalars, since a combining mark makes another `Character` of a quote.
  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}
