import Diagnostics
import Templates

extension Configuration {
  /// Reads the text of a configuration.
  ///
  /// - Parameter path: its name in messages.
  init(_ bytes: [UInt8], path: Path) throws {
    // What `precede init` writes is a file of comments.
    guard !Configuration.isBlank(bytes) else { return }
    let root = ConfigurationNode(
      node: try Configuration.document(bytes, path).root, name: "the configuration", path: path)
    for (key, name, value) in try root.mapping() {
      guard let known = ConfigurationKey.all.first(where: { $0.name == name }) else {
        throw key.unknown("key", name, among: ConfigurationKey.all.map(\.name))
      }
      try known.read(value, &self)
    }
  }

  private static func document(_ bytes: [UInt8], _ path: Path) throws(RunError) -> Document {
    do {
      return try Document.read(bytes, named: path)
    } catch {
      let text = SourceText(bytes)
      let position = text.position(at: min(error.offset, bytes.count))
      let location = Location(path: path, range: SourceRange(start: position, end: position))
      let isPattern = error.message.contains("alias") || error.message.contains("has no anchor")
      throw RunError(
        inConfiguration: location, error.message,
        hint: isPattern ? "put a pattern that begins with '*' into quotes" : nil)
    }
  }

  /// Whether there is nothing but comments.
  private static func isBlank(_ bytes: [UInt8]) -> Bool {
    bytes.split(separator: UInt8(ascii: "\n")).allSatisfy { line in
      let first = line.first { ![0x20, 0x09, 0x0D].contains($0) }
      return first == nil || first == UInt8(ascii: "#")
    }
  }
}
