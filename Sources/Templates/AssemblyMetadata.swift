/// Which construct made which resource of a stack, as the metadata of a cloud assembly tells: inline in the manifest until
/// version 2.241 of the CDK, in a file of its own since.
package struct AssemblyMetadata: Sendable {
  /// Construct paths by logical ID.
  package private(set) var constructPaths: [String: String] = [:]

  package static let none = AssemblyMetadata(nil)

  /// - Parameter entries: a mapping of `/Stack/Path` to a list of entries with a `type` and `data`.
  package init(_ entries: Node?) {
    guard let entries else { return }
    for (path, list) in entries.entries {
      guard let path = path.text else { continue }
      for entry in list.elements where entry["type"]?.isScalar("aws:cdk:logicalId") ?? false {
        if let id = entry["data"]?.text { constructPaths[id] = String(path.drop { $0 == "/" }) }
      }
    }
  }
}
