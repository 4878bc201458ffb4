/// One workflow command of GitHub Actions: `::name property=value,…::message`, on a line of its own.
struct GitHubCommand: CustomStringConvertible {
  var name: String
  /// In the order in which they are written. Values are escaped here; the runner drops empty ones.
  var properties: [(name: String, value: String)]
  /// May have several lines.
  var message: String

  var description: String {
    let list = properties.map { "\($0.name)=\(Self.escaped($0.value, by: Self.propertyEscapes))" }
    return "::\(name) \(list.joined(separator: ","))::\(Self.escaped(message, by: Self.messageEscapes))"
  }

  // What the runner decodes: actions/toolkit `packages/core/src/command.ts`, `escapeData` and `escapeProperty`.
  private static let messageEscapes: [Unicode.Scalar: String] = ["%": "%25", "\r": "%0D", "\n": "%0A"]
  private static let propertyEscapes = messageEscapes.merging([":": "%3A", ",": "%2C"]) { first, _ in first }

  /// By scalars, since a combining mark makes another `Character` of a colon, but the runner still sees the colon.
  private static func escaped(_ text: String, by escapes: [Unicode.Scalar: String]) -> String {
    text.unicodeScalars.reduce(into: "") { $0 += escapes[$1] ?? String($1) }
  }
}
