import Deployment
import Diagnostics
import Templates

/// Finds the templates of nested stacks in one snapshot.
///
/// A `TemplateURL` is a local path before `aws cloudformation package`, a file of the assembly in CDK output, and else an
/// address in S3, of which only the end may tell a file of the repository.
final class NestedTemplates {
  private let snapshot: any Snapshot
  private let assemblies: AssemblyStore
  /// What the configuration says about addresses.
  private let declared: [Configuration.NestedFile]
  private var pathsByName: [String: [Path]]?

  init(_ snapshot: any Snapshot, _ assemblies: AssemblyStore, declared: [Configuration.NestedFile] = []) {
    self.snapshot = snapshot
    self.assemblies = assemblies
    self.declared = declared
  }

  /// A nested stack: the resource that stands for it, and its template.
  struct Found {
    let resource: Int
    let path: Path
    /// Whether only the end of an address agrees with the path.
    let isAssumed: Bool
  }

  /// The nested stacks of a template whose templates are known.
  func all(in template: Template) throws -> [Found] {
    let stacks = template.resources.indices.filter { nestedTypes[template.resources[$0].type] != nil }
    guard !stacks.isEmpty else { return [] }
    let evaluator = Evaluator(TemplateGroup(template))
    return try stacks.compactMap { index in
      let resource = template.resources[index]
      if let path = resource.assetPath, let file = template.path.parent.resolving(path) {
        return Found(resource: index, path: file, isAssumed: false)
      }
      guard let node = nestedTypes[resource.type].flatMap({ resource.properties?[$0] }),
        let address = evaluator.text(of: node, in: 0)
      else { return nil }
      return try found(address, index, template)
    }
  }

  private func found(_ address: String, _ index: Int, _ template: Template) throws -> Found? {
    if !address.contains("://"), !HoleTable.hasHole(address) {
      return template.path.parent.resolving(address).map { Found(resource: index, path: $0, isAssumed: false) }
    }
    let tail = NestedTemplates.tail(of: address)
    if let file = declared.file(endingIn: tail) { return Found(resource: index, path: file, isAssumed: false) }
    if let asset = try asset(named: tail, besides: template.path) {
      return Found(resource: index, path: asset, isAssumed: false)
    }
    return try only(endingIn: tail, near: template.path).map { Found(resource: index, path: $0, isAssumed: true) }
  }

  /// The names at the end of an address that are written out, without host and bucket.
  private static func tail(of address: String) -> [Substring] {
    let path = address.split(separator: "?", maxSplits: 1)[0]
    let isOpen = path.unicodeScalars.contains(where: HoleTable.isHole)
    let literal = path.unicodeScalars.lastIndex(where: HoleTable.isHole).map {
      path[path.unicodeScalars.index(after: $0)...]
    }
    let names = (literal ?? path).split(separator: "/", omittingEmptySubsequences: !isOpen)
    // The name that a hole ends in is cut off; `https:` and the host are no folders.
    return Array(isOpen ? names.dropFirst() : names.dropFirst(2))
  }

  private func asset(named tail: [Substring], besides path: Path) throws -> Path? {
    try tail.last.flatMap { try assemblies.asset(named: $0, in: path.parent) }
  }

  /// The only file whose path ends in the names, the more of them the better. Of several files the one beside the parent
  /// is meant: what is uploaded together mostly lies together.
  private func only(endingIn tail: [Substring], near parent: Path) throws -> Path? {
    guard let name = tail.last else { return nil }
    if pathsByName == nil {
      pathsByName = Dictionary(grouping: try snapshot.paths(under: Path("")).filter(\.hasTemplateName), by: \.name)
    }
    let candidates = pathsByName?[String(name)] ?? []
    for count in stride(from: tail.count, through: 1, by: -1) {
      let end = tail.suffix(count).joined(separator: "/")
      let found = candidates.filter { $0.description == end || $0.description.hasSuffix("/" + end) }
      let beside = found.filter { $0.parent == parent.parent }
      if !found.isEmpty { return found.count == 1 ? found[0] : beside.count == 1 ? beside[0] : nil }
    }
    return nil
  }
}

extension Resource {
  /// Where the CDK says the template of a nested stack lies, beside the parent's.
  fileprivate var assetPath: String? {
    guard let metadata = body["Metadata"], metadata["aws:asset:property"]?.isScalar("TemplateURL") ?? false else {
      return nil
    }
    return metadata["aws:asset:path"]?.text
  }

  /// The parameters that a stack gives to its nested stack.
  var nestedArguments: [String: Stack.Argument] {
    properties?["Parameters"]?.values.mapValues { .node($0) } ?? [:]
  }
}

/// The property that holds the address of the template, by resource type.
private let nestedTypes = ["AWS::CloudFormation::Stack": "TemplateURL", "AWS::Serverless::Application": "Location"]
