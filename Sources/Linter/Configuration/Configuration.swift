import Diagnostics

/// What `.precede.yml` says: plain values, each with its place where something may still be wrong with it.
struct Configuration: Sendable {
  /// Which files to look at, by name.
  var files = FileSelection()
  /// The file with known diagnostics, from the top.
  var baseline: Placed?
  /// Severities by the id of a rule or the name of a group.
  var rules: [String: RuleSeverities.Level] = [:]
  /// Connections that the templates do not show, and connections whose order does not matter.
  var connections: [Connection] = []
  var nested: [NestedFile] = []
  /// The stacks of each row are deployed one after the other.
  var stacks: [[Placed]] = []
  var suppressions: [Suppression] = []

  /// A text and where it stands.
  struct Placed: Hashable, Sendable {
    let text: String
    let location: Location
  }

  /// A client and a server, each by service name, logical ID or construct path.
  struct Connection: Hashable, Sendable {
    let client: Placed
    let server: Placed
    /// Whether the client does well without an order, because of what the reason says.
    let ignoresOrder: Bool
    let reason: String?
    let location: Location
  }

  /// The file that a `TemplateURL` in S3 stands for.
  struct NestedFile: Hashable, Sendable {
    /// The end of the address.
    let url: String
    /// From the top.
    let file: Placed
  }
}

extension RunError {
  /// Something is wrong in the configuration, at a place.
  init(inConfiguration location: Location, _ message: String, hint: String? = nil) {
    let start = location.range.start
    self.init("read the configuration", "\(location.path):\(start.line):\(start.column): \(message)", hint: hint)
  }
}

extension [Configuration.NestedFile] {
  /// The file of the longest address that ends as these names do.
  func file(endingIn tail: [Substring]) -> Path? {
    let matches = compactMap { entry -> (length: Int, path: Path)? in
      let address = entry.url.split(separator: "?", maxSplits: 1).first ?? ""
      let names = address.split(separator: "/")[...]
      // `https:` and the host are no folders.
      let wanted = address.contains("://") ? names.dropFirst(2) : names
      guard !wanted.isEmpty, tail.count >= wanted.count, tail.suffix(wanted.count).elementsEqual(wanted) else {
        return nil
      }
      return (wanted.count, Path(entry.file.text))
    }
    return matches.max { $0.length < $1.length }?.path
  }
}
