package import Templates

/// A name in a resource by which it waits for something, of which the template has neither a resource nor a parameter.
package struct UnresolvedName: Hashable, Sendable {
  package let name: String
  package let kind: Dependency.Kind
  /// The bytes that name it.
  package let range: Range<Int>

  /// The names of a resource that stand for nothing, in the order of the source. What a transform or a module may make
  /// is among them; `Template.mayHave` tells.
  package static func all(in resource: Resource, of template: Template) -> [UnresolvedName] {
    var names: [UnresolvedName] = []
    for name in resource.dependsOn.map({ [$0] + $0.elements }) ?? [] {
      guard let text = name.text, !name.isNull, template.index(of: text) == nil else {
        continue
      }
      names.append(UnresolvedName(name: text, kind: .dependsOn, range: name.range))
    }
    for attribute in attributesWithReferences {
      guard let node = resource.body[attribute] else { continue }
      names += Reference.all(in: node).filter { isUnresolved($0.name, in: template) }.map {
        UnresolvedName(name: $0.name, kind: $0.kind.dependency, range: $0.range)
      }
    }
    return names.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private static func isUnresolved(_ name: String, in template: Template) -> Bool {
    !name.hasPrefix("AWS::") && template.index(of: name) == nil && template.parameters[name] == nil
  }
}
