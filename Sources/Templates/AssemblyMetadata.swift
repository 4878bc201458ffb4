/// Which construct made which resource of a stack, and where it was made, as the metadata of a cloud assembly tells: inline
/// in the manifest until version 2.241 of the CDK, in a file of its own since.
package struct AssemblyMetadata: Sendable {
  /// Construct paths by logical ID. What a nested stack holds is among them, under whichever of equal IDs came last.
  package private(set) var constructPaths: [String: String] = [:]
  /// The entries of constructs, by construct path.
  private var entries: [String: Node] = [:]

  package static let none = AssemblyMetadata(nil)

  /// - Parameter metadata: a mapping of `/Stack/Path` to a list of entries with a `type` and `data`.
  package init(_ metadata: Node?) {
    guard let metadata else { return }
    for (key, list) in metadata.entries {
      guard let path = key.text.map({ String($0.drop { $0 == "/" }) }) else { continue }
      entries[path] = list
      for entry in list.elements where entry["type"]?.isScalar("aws:cdk:logicalId") ?? false {
        if let id = entry["data"]?.text { constructPaths[id] = path }
      }
    }
  }

  /// The frames with a file that were on the stack when a construct was made, the innermost first. Versions of the CDK
  /// before 2.255 tell them for the logical ID, and only with `CDK_DEBUG`.
  package func frames(of constructPath: String) -> [StackFrame] {
    guard let list = entries[constructPath] else { return [] }
    func texts(_ type: String, _ key: String) -> [String] {
      let entry = list.elements.first { $0["type"]?.isScalar(type) ?? false }
      return entry?[key]?.elements.prefix(Self.mostFrames).compactMap(\.text) ?? []
    }
    let stack = texts("aws:cdk:creationStack", "data")
    return (stack.isEmpty ? texts("aws:cdk:logicalId", "trace") : stack).compactMap(StackFrame.init)
  }

  /// Far more than `--stack-trace-limit` is commonly set to.
  private static let mostFrames = 1000
}
