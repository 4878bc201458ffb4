package import Deployment
import Templates

/// A resource by what its values mean, so that two revisions can be compared: the order of keys, the spelling of functions
/// and a parameter in place of its value make no difference, a changed default or mapping does.
package struct ResolvedResource: Equatable, Sendable {
  /// The values of properties by name.
  package let properties: [String: String]
  package let dependsOn: Set<String>
  /// The name and the meaning of the condition under which it exists; empty without one.
  package let condition: String
  /// What else orders it: references in metadata and policies.
  package let references: Set<String>

  /// The names of properties that differ.
  package func changedProperties(since old: ResolvedResource) -> Set<String> {
    Set(properties.keys).union(old.properties.keys).filter { properties[$0] != old.properties[$0] }
  }

  /// The same without what makes no difference to those that take values from it.
  package var asInput: ResolvedResource {
    ResolvedResource(
      properties: properties.filter { $0.key != "Tags" }, dependsOn: [], condition: condition, references: [])
  }

  /// The same without what differs from one synthesis to the next although nothing changed: hashes of assets, and a
  /// forced deployment that the CDK stamps with the time.
  package var withoutNoise: ResolvedResource {
    ResolvedResource(
      properties: properties.mapValues(ResolvedResource.withoutHashes).filter {
        $0.key != "ForceNewDeployment" || !$0.value.isStamp
      },
      dependsOn: dependsOn, condition: condition, references: references)
  }

  private static func withoutHashes(_ text: String) -> String {
    var text = text
    let hashes = text.withUTF8 { AssetHash.all(in: $0) }
    for hash in hashes.reversed() {
      let start = text.utf8.index(text.startIndex, offsetBy: hash.lowerBound)
      text.replaceSubrange(start..<text.utf8.index(start, offsetBy: hash.count), with: "<asset>")
    }
    return text
  }
}

extension String {
  /// Whether the text holds a time in milliseconds or in ISO 8601, as `forceNewDeployment()` of the CDK writes it.
  fileprivate var isStamp: Bool { contains(#/[0-9]{13}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}/#) }
}

/// The hashes that name the assets of a CDK app: 64 hexadecimal digits.
private enum AssetHash {
  private static let length = 64

  /// Bytes of a text, from left to right.
  static func all(in text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    var hashes: [Range<Int>] = []
    var start = 0
    while start + length <= text.count {
      // Backwards: the next hash may begin behind the last byte that is no digit.
      if let other = text[start..<start + length].lastIndex(where: { !isDigit($0) }) {
        start = other + 1
      } else {
        hashes.append(start..<start + length)
        start += length
      }
    }
    return hashes
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte
  }
}

/// Resolves the resources of one model.
package struct ResourceResolver {
  let evaluator: Evaluator

  package init(_ model: ServiceModel) { evaluator = Evaluator(model.group) }

  package func resolved(_ id: ResourceID) -> ResolvedResource {
    let resource = evaluator.group[id]
    let attributes = resource.body.values
    let references = ["Metadata", "UpdatePolicy", "CreationPolicy"].compactMap { attributes[$0] }.flatMap(Reference.all)
    let names = attributes["DependsOn"].map { ([$0] + $0.elements).compactMap(\.text) } ?? []
    return ResolvedResource(
      properties: attributes["Properties"]?.values.mapValues { meaning(of: $0, id.stack) } ?? [:],
      dependsOn: Set(names), condition: attributes["Condition"]?.text.map { condition($0, id.stack) } ?? "",
      references: Set(references.map(\.name)))
  }

  /// One text for all ways to write a value.
  private func meaning(of node: Node, _ stack: Int) -> String {
    if Intrinsic(node) != nil {
      let values = evaluator.values(of: node, in: stack)
      // A function of which nothing is known is compared as it is written.
      if !values.isEmpty, !values.contains(where: { evaluator.hasComputedHole($0.value) }) {
        return values.map { alternative($0, stack) }.joined(separator: " | ")
      }
    }
    switch node.kind {
    case .scalar: return node.text ?? ""
    case .sequence: return "[" + node.elements.map { meaning(of: $0, stack) }.joined(separator: ", ") + "]"
    case .mapping:
      let entries = node.values.sorted { $0.key < $1.key }.map { "\($0): \(meaning(of: $1, stack))" }
      return "{" + entries.joined(separator: ", ") + "}"
    }
  }

  private func alternative(_ value: Conditional<String>, _ stack: Int) -> String {
    let premises = value.premises.map {
      "\($0.guarded.holds ? "" : "not ")\(condition($0.guarded.condition, $0.stack))"
    }
    return (premises + [evaluator.display(value.value)]).joined(separator: " and ")
  }

  /// A condition with its definition, one level deep: conditions that it names are compared by their names.
  private func condition(_ name: String, _ stack: Int) -> String {
    let definition = evaluator.group.stacks[stack].template.conditions[name]
    return "\(name) = \(definition.map { meaning(of: $0, stack) } ?? "")"
  }
}
