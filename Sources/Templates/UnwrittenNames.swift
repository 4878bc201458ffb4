/// Logical IDs that a template may have although it does not write them: those that SAM and modules make from the ones
/// that are written, those of a loop over a list that a parameter gives, and any under a macro or an include.
struct UnwrittenNames: Sendable {
  /// Anything may exist.
  private let isOpen: Bool
  /// What the made IDs begin with.
  private let prefixes: [String]
  private let patterns: [NamePattern]

  init(
    _ root: Node, _ resources: [Resource], _ transforms: Transforms, loops: [Expansion.Family],
    hidden: [HiddenPart]
  ) {
    isOpen = hidden.contains { part in
      switch (part.extent, part.reason) {
      case (_, .rain): true
      case (.resource, _), (_, .loop), (_, .module): false
      case (.template, _), (.resources, _): true
      }
    }
    // SAM: https://github.com/aws/serverless-application-model/blob/develop/docs/internals/generated_resources.rst
    // Modules: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/modules-ref-resources.html
    var prefixes = resources.filter {
      transforms.isServerless && $0.type.hasPrefix("AWS::Serverless::") || $0.type.hasSuffix("::MODULE")
    }
    .map(\.logicalID)
    if transforms.isServerless { prefixes += ["Serverless", "CodeDeployServiceRole"] }
    // Rain's constants: ${Const::Name}.
    if root["Constants"] != nil || root["Rain"] != nil { prefixes.append("Const::") }
    self.prefixes = prefixes
    patterns = loops.flatMap(\.patterns)
  }

  func contain(_ name: String) -> Bool {
    isOpen || prefixes.contains { name.hasPrefix($0) } || patterns.contains { $0.matches(name) }
  }
}

/// The logical IDs that a loop makes, by what stands before and after the variables in its key.
struct NamePattern: Sendable {
  private let start: Substring
  private let end: Substring

  init(_ key: String) {
    let first = ["${", "&{"].compactMap { key.firstRange(of: $0)?.lowerBound }.min()
    start = first.map { key[..<$0] } ?? key[...]
    end = first == nil ? "" : key.lastIndex(of: "}").map { key[key.index(after: $0)...] } ?? ""
  }

  func matches(_ name: String) -> Bool {
    name.utf8.count >= start.utf8.count + end.utf8.count && name.hasPrefix(start) && name.hasSuffix(end)
  }
}
