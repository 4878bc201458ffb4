/// A part of a template that CloudFormation fills in when it deploys, from what the template does not hold.
package struct HiddenPart: Sendable {
  package enum Reason: Hashable, Sendable {
    /// A macro of this name.
    case macro(String)
    /// `AWS::Include`: the content of a file elsewhere.
    case include
    /// A `Fn::ForEach` over a list that is not known, or one that makes too much; whether it makes ECS services.
    case loop(makesServices: Bool)
    /// A function where a name stands, by `AWS::LanguageExtensions`.
    case computedName
    /// What Rain puts in when it packages the template: a tag, or `Modules`.
    case rain(String)
    /// A module of the registry, by its type.
    case module(String)

    /// The word of the template that hides something.
    package var name: String {
      switch self {
      case .macro(let name), .rain(let name), .module(let name): name
      case .include: "AWS::Include"
      case .loop: "Fn::ForEach"
      case .computedName: "a function as a name"
      }
    }
  }

  package enum Extent: Hashable, Sendable {
    /// Anything may be different.
    case template
    /// There may be more resources; those that the template has are as it says.
    case resources
    /// One resource, by its index, may have more than the template says.
    case resource(Int)
  }

  package let reason: Reason
  package let extent: Extent
  /// What stands in the template for it.
  package let place: Node
}

extension HiddenPart {
  /// The hidden parts of a template whose loops have been written out.
  static func all(
    _ root: Node, _ resources: [Resource], _ transforms: Transforms, loops: [Expansion.Family]
  ) -> [HiddenPart] {
    var parts = transforms.macros.map {
      HiddenPart(reason: .macro($0.name), extent: .template, place: $0.place)
    }
    parts += transforms.includes.map { HiddenPart(reason: .include, extent: .resources, place: $0) }
    parts += loops.filter { !$0.isWrittenOut }.map {
      HiddenPart(reason: .loop(makesServices: $0.makesServices), extent: .resources, place: $0.key)
    }
    parts += resources.filter { $0.type.hasSuffix("::MODULE") }.map {
      HiddenPart(reason: .module($0.type), extent: .resources, place: $0.key)
    }
    let signs = Signs(root.document)
    if signs.transform {
      for node in [root, root["Resources"]].compactMap(\.self) {
        if let call = node["Fn::Transform"] { parts.append(HiddenPart(call: call, extent: nil)) }
      }
    }
    if let modules = root["Modules"] {
      parts.append(HiddenPart(reason: .rain("Modules"), extent: .resources, place: modules))
    }
    if signs.rain, let section = root["Resources"], let tag = rainTag(section) {
      parts.append(HiddenPart(reason: .rain(tag), extent: .resources, place: section))
    }
    guard signs.transform || signs.rain || transforms.extendsLanguage else { return parts }
    for (index, resource) in resources.enumerated() {
      parts += inside(resource, index, extendsLanguage: transforms.extendsLanguage)
    }
    return parts
  }

  private static func inside(_ resource: Resource, _ index: Int, extendsLanguage: Bool) -> [HiddenPart] {
    var parts: [HiddenPart] = []
    var open = [resource.body]
    if extendsLanguage, let names = resource.dependsOn {
      parts += ([names] + names.elements).filter { $0.kind == .mapping }
        .map { HiddenPart(reason: .computedName, extent: .resource(index), place: $0) }
    }
    while let node = open.popLast() {
      if let tag = rainTag(node) {
        // A module in the place of a type makes several resources of one.
        let extent = resource.body["Type"] == node ? Extent.resources : .resource(index)
        parts.append(HiddenPart(reason: .rain(tag), extent: extent, place: node))
        continue
      }
      for (key, value) in node.entries {
        if key.isScalar("Fn::Transform") {
          parts.append(HiddenPart(call: value, extent: .resource(index)))
          continue
        } else if extendsLanguage, Expansion.isLoop(key) {
          parts.append(
            HiddenPart(reason: .loop(makesServices: false), extent: .resource(index), place: value))
        } else if extendsLanguage, isComputedName(value, of: key) {
          parts.append(HiddenPart(reason: .computedName, extent: .resource(index), place: value))
        }
        open.append(value)
      }
      open += node.elements
    }
    return parts.sorted { $0.place.range.lowerBound < $1.place.range.lowerBound }
  }

  /// Whether a `Ref` or `Fn::GetAtt` names its resource by a function.
  private static func isComputedName(_ argument: Node, of key: Node) -> Bool {
    if key.isScalar("Ref") { return argument.kind == .mapping }
    return key.isScalar("Fn::GetAtt") && argument.elements.first { _ in true }?.kind == .mapping
  }

  /// The tag of a value that Rain replaces.
  static func rainTag(_ node: Node) -> String? {
    guard node.kind == .mapping, let key = node.entries.first(where: { _ in true })?.key.text else {
      return nil
    }
    return key.hasPrefix("!Rain::") ? key : nil
  }

  /// A call of `Fn::Transform`; without an extent it stands at the top or in `Resources`, where a macro of the account
  /// gets all that stands beside it.
  private init(call: Node, extent: Extent?) {
    let name = call["Name"]?.text ?? ""
    let isInclude = name == "AWS::Include"
    self.init(
      reason: isInclude ? .include : .macro(name), extent: extent ?? (isInclude ? .resources : .template),
      place: call)
  }
}

extension Template {
  /// Whether a resource, by its index, may have more than the template writes.
  package func mayHaveMore(in resource: Int) -> Bool {
    hiddenParts.contains { $0.extent == .template || $0.extent == .resource(resource) }
  }
}

/// Words without which nothing is hidden, so that hardly any template has to be searched node by node.
private struct Signs {
  let transform: Bool
  let rain: Bool

  init(_ document: Document) {
    transform = document.mayHold("Fn::Transform")
    rain = document.withArena { arena in
      arena.entries.contains { entry in
        guard entry.kind == .scalar, entry.textEnd > entry.textStart else { return false }
        let text = arena.text(of: entry)
        return text[0] == UInt8(ascii: "!") && text.starts(with: "!Rain::".utf8)
      }
    }
  }
}
