package import Templates

/// What holds for every document, whatever it was read from. Ends the process where it does not, with a sentence, since
/// that is what a fuzzer takes for a find.
package struct DocumentProof {
  private let document: Document

  package init(_ document: Document) { self.document = document }

  package func check() {
    checkRanges(document.root)
    // In a list, because what does not begin with a bracket is read as YAML.
    let json = "[" + document.json + "]"
    guard let twin = try? Document.read(Array(json.utf8), named: "twin.json", limits: .twin) else {
      fatalError("the JSON of the document cannot be read")
    }
    if twin.json != json { fatalError("the JSON of the document is read as another one") }
  }

  /// Every node lies in its text and has a position there; every key is a scalar.
  private func checkRanges(_ node: Node) {
    if node.range.upperBound > document.text.bytes.count { fatalError("a node ends behind its text") }
    let range = document.text.range(of: node.range)
    if range.end < range.start { fatalError("a node ends before it begins") }
    for child in node.elements { checkRanges(child) }
    for (key, value) in node.entries {
      if key.kind != .scalar { fatalError("a key is no scalar") }
      checkRanges(key)
      checkRanges(value)
    }
  }
}

extension Limits {
  /// The list around a document and its scalars in quotes need more than the document.
  fileprivate static let twin = {
    var limits = Limits()
    limits.size *= 8
    limits.depth += 1
    limits.nodes += 1
    return limits
  }()
}
