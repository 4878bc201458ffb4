/// Writes out the loops of a template under `AWS::LanguageExtensions`, so that everything behind sees plain nodes: a
/// new tree over the same bytes, in which each copy has the place of what it was copied from. Texts that the source
/// does not spell stand in the side buffer. Functions that only join known text become that text, since under this
/// transform they may stand where a name is wanted.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
struct Expansion: ~Copyable {
  /// The resources that one `Fn::ForEach` in `Resources` makes.
  struct Family: Sendable {
    let key: Node
    let patterns: [NamePattern]
    /// Whether its copies stand in the tree.
    let isWrittenOut: Bool
    let makesServices: Bool
  }

  private let root: Node
  private let limits: Limits
  private var builder: DocumentBuilder
  private var families: [Family] = []
  /// The values of the loop variables at this place.
  private var values = LoopValues()
  /// Rounds of all loops; a loop without content would cost none of the nodes that the builder counts.
  private var rounds = 0

  /// The tree with its loops written out, and the loops that make resources. Where that would be too large the
  /// document stays as it is and its loops are not written out.
  static func expand(_ document: Document, limits: Limits = .expansion) -> (
    document: Document, families: [Family]
  ) {
    var expansion = Expansion(document, limits)
    do {
      try expansion.copySections()
      let families = expansion.families
      return (expansion.builder.finish(), families)
    } catch {
      let loops = document.root["Resources"]?.entries.filter { isLoop($0.key) } ?? []
      return (document, loops.map { Family($0.key, $0.value, LoopValues(), isWrittenOut: false) })
    }
  }

  static func isLoop(_ key: Node) -> Bool { key.text?.hasPrefix("Fn::ForEach::") ?? false }

  private init(_ document: Document, _ limits: Limits) {
    root = document.root
    self.limits = limits
    builder = DocumentBuilder(document.text, limits: limits)
    // The texts of the first side buffer stay where they are.
    _ = builder.decode(document.decoded)
  }

  private mutating func copySections() throws(ReadingError) {
    guard root.kind == .mapping else { return try copy(root) }
    try builder.open(.mapping, at: root.range.lowerBound)
    for (key, section) in root.entries {
      try append(key)
      guard key.isScalar("Resources"), section.kind == .mapping else {
        try copy(section)
        continue
      }
      try builder.open(.mapping, at: section.range.lowerBound)
      try copyEntries(of: section, inResources: true)
      builder.close(at: section.range.upperBound)
    }
    builder.close(at: root.range.upperBound)
  }

  private mutating func copy(_ node: Node) throws(ReadingError) {
    switch node.kind {
    case .scalar: try append(node)
    case .sequence:
      try builder.open(.sequence, at: node.range.lowerBound)
      for element in node.elements { try copy(element) }
      builder.close(at: node.range.upperBound)
    case .mapping:
      if let text = values.text(ofCall: node) { return try append(text, at: node) }
      try builder.open(.mapping, at: node.range.lowerBound)
      try copyEntries(of: node, inResources: false)
      builder.close(at: node.range.upperBound)
    }
  }

  private mutating func copyEntries(of mapping: Node, inResources: Bool) throws(ReadingError) {
    for (key, value) in mapping.entries {
      if Expansion.isLoop(key), try writeOut(key, value, inResources: inResources) { continue }
      try append(key)
      try copy(value)
    }
  }

  /// Puts the copies of a loop's content in its place, or leaves out a loop in `Resources` that cannot be written out.
  /// Tells whether the loop needs no further copying.
  private mutating func writeOut(_ key: Node, _ loop: Node, inResources: Bool) throws(ReadingError) -> Bool {
    let parts = Array(loop.elements)
    let collection = LoopCollection(root, values)
    guard parts.count == 3, let variable = parts[0].text, parts[2].kind == .mapping,
      let items = collection.items(of: parts[1])
    else {
      if inResources { families.append(Family(key, loop, values, isWrittenOut: false)) }
      return inResources
    }
    // Another deployment may give the parameter another list: its resources have names that are not known.
    if inResources, !items.isLiteral { families.append(Family(key, loop, values, isWrittenOut: true)) }
    let before = values
    for item in items.texts {
      rounds += 1
      guard rounds <= limits.nodes else { throw tooLarge(at: key) }
      values[variable] = item
      try copyEntries(of: parts[2], inResources: inResources)
    }
    values = before
    return true
  }

  private mutating func append(_ scalar: Node) throws(ReadingError) {
    guard !values.isEmpty, let text = scalar.text, let filled = values.filled(text, limit: limits.size) else {
      return try builder.append(scalar.scalarEntry)
    }
    try append(filled, at: scalar)
  }

  private mutating func append(_ text: String, at node: Node) throws(ReadingError) {
    guard builder.decoded.count + text.utf8.count <= limits.size else { throw tooLarge(at: node) }
    let place = builder.decode(text.utf8)
    try builder.append(
      Document.Entry(
        kind: .scalar, isPlain: node.isPlain, isDecoded: true,
        start: UInt32(truncatingIfNeeded: node.range.lowerBound),
        end: UInt32(truncatingIfNeeded: node.range.upperBound),
        textStart: UInt32(truncatingIfNeeded: place.lowerBound),
        textEnd: UInt32(truncatingIfNeeded: place.upperBound)))
  }

  private func tooLarge(at node: Node) -> ReadingError {
    ReadingError("the loops of the template make too much", at: node.range.lowerBound)
  }
}

extension Expansion.Family {
  fileprivate init(_ key: Node, _ loop: Node, _ values: LoopValues, isWrittenOut: Bool) {
    var patterns: [NamePattern] = []
    var makesServices = false
    var open = [loop]
    while let loop = open.popLast() {
      guard let content = Array(loop.elements).last else { continue }
      for (key, body) in content.entries {
        if Expansion.isLoop(key) {
          open.append(body)
        } else if let name = key.text {
          patterns.append(NamePattern(values.filled(name, limit: 1 << 10) ?? name))
          if body["Type"]?.isScalar("AWS::ECS::Service") ?? false { makesServices = true }
        }
      }
    }
    self.init(key: key, patterns: patterns, isWrittenOut: isWrittenOut, makesServices: makesServices)
  }
}

extension Limits {
  /// What a template may become: CloudFormation takes no more than 1 MB of it afterwards either.
  fileprivate static let expansion = {
    var limits = Limits()
    limits.nodes = 250_000
    limits.size = 8 << 20
    return limits
  }()
}
