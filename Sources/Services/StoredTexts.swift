import Deployment
import Templates

/// The values that the group gives to parameters of Systems Manager and to secrets.
struct StoredTexts {
  /// The property of a parameter or secret that holds its value.
  struct Value {
    let kind: Evidence.Kind
    let id: ResourceID
    let node: Node
    /// The key of a secret that is JSON, where only that value is meant.
    let key: String?
  }

  private let evaluator: Evaluator
  /// By kind and name without a slash at the beginning.
  private var byName: [Evidence.Kind: [String: [ResourceID]]] = [:]
  private var isEmpty = true

  init(_ evaluator: Evaluator) {
    self.evaluator = evaluator
    for id in evaluator.group.resourceIDs(where: { StoredTexts.kind(of: $0) != nil }) {
      let resource = evaluator.group[id]
      guard let kind = StoredTexts.kind(of: resource.type) else { continue }
      isEmpty = false
      guard let name = resource.properties?["Name"].flatMap({ evaluator.text(of: $0, in: id.stack) }) else { continue }
      byName[kind, default: [:]][StoredTexts.bare(name), default: []].append(id)
    }
  }

  /// What a `ValueFrom` means: `Ref` of a parameter or secret, its ARN with or without the key of a secret, its name.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
  func value(named reference: String, in stack: Int) -> Value? {
    resource(named: reference, in: stack).flatMap { value(of: $0.id, key: $0.key) }
  }

  /// The same without its value; the key of a secret where only that is meant.
  func resource(named reference: String, in stack: Int) -> (id: ResourceID, key: String?)? {
    if let (id, rest) = resource(in: reference) {
      let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
      return (id, parts.count > 1 && !parts[1].isEmpty ? String(parts[1]) : nil)
    }
    if let range = reference.firstRange(of: ":secret:") {
      let parts = reference[range.upperBound...].split(separator: ":", omittingEmptySubsequences: false).map(
        String.init)
      let key = parts.count > 1 && !parts[1].isEmpty ? parts[1] : nil
      // The ARN may end in a hyphen and six characters that Secrets Manager adds.
      let names = [parts[0], String(parts[0].dropLast(7))]
      return names.lazy.compactMap { nearest(.secret, $0, stack) }.first.map { ($0, key) }
    }
    let name = reference.firstRange(of: ":parameter").map { String(reference[$0.upperBound...]) } ?? reference
    return nearest(.parameter, name, stack).map { ($0, nil) }
  }

  /// A text in which the values of the group stand for dynamic references and for parameters that CloudFormation fetches
  /// from Systems Manager.
  ///
  /// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
  func expanded(_ text: String, in stack: Int) -> String {
    guard !isEmpty else { return text }
    var expanded = text
    if HoleTable.hasHole(text) { expanded = fetched(text) }
    while expanded.utf8.contains(UInt8(ascii: "{")), let start = expanded.firstRange(of: "{{resolve:"),
      let end = expanded[start.upperBound...].firstRange(of: "}}")
    {
      let parts = expanded[start.upperBound..<end.lowerBound].split(separator: ":", omittingEmptySubsequences: false)
      let found = parts.first == "ssm" ? ssm(parts, stack) : secret(parts, stack)
      // Without brackets, so that the loop ends.
      expanded.replaceSubrange(start.lowerBound..<end.upperBound, with: found ?? "?")
    }
    return expanded
  }

  private func ssm(_ parts: [Substring], _ stack: Int) -> String? {
    parts.count > 1 ? value(named: String(parts[1]), in: stack).flatMap(text) : nil
  }

  /// `secretsmanager:id:SecretString:key:…`; the id may be an ARN.
  private func secret(_ parts: [Substring], _ stack: Int) -> String? {
    guard parts.first == "secretsmanager" else { return nil }
    let id = parts.dropFirst().prefix { $0 != "SecretString" && !$0.isEmpty }
    let rest = parts.dropFirst(1 + id.count)
    let key = rest.first == "SecretString" && rest.count > 1 ? String(rest[rest.startIndex + 1]) : ""
    let name = id.joined(separator: ":")
    let known = resource(in: name)?.id ?? nearest(.secret, String(id.last ?? ""), stack)
    guard let known, let value = value(of: known, key: key.isEmpty ? nil : key), let text = text(value) else {
      return nil
    }
    return value.key.flatMap { StructuredText.value(of: $0, in: text) } ?? text
  }

  private func fetched(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { value(fetchedFor: $0) != nil }) else { return text }
    return text.unicodeScalars.reduce(into: "") { result, scalar in
      if let value = value(fetchedFor: scalar) { result += value } else { result.unicodeScalars.append(scalar) }
    }
  }

  /// The text that stands for the hole of a parameter whose value CloudFormation fetches.
  private func value(fetchedFor scalar: Unicode.Scalar) -> String? {
    guard case .parameter(let stack, let name) = evaluator.holes.hole(for: scalar),
      let parameter = evaluator.group.stacks[stack].template.parameters[name],
      parameter["Type"]?.text?.hasPrefix("AWS::SSM::Parameter::Value") ?? false
    else { return nil }
    return parameter["Default"]?.text.flatMap { value(named: $0, in: stack) }.flatMap(text)
  }

  private func text(_ value: Value) -> String? { evaluator.text(of: value.node, in: value.id.stack) }

  /// The first parameter or secret of the group that a text holds, and what stands behind it.
  private func resource(in text: String) -> (id: ResourceID, rest: Substring)? {
    for index in text.unicodeScalars.indices {
      guard case .resource(let id, _) = evaluator.holes.hole(for: text.unicodeScalars[index]),
        StoredTexts.kind(of: evaluator.group[id].type) != nil
      else { continue }
      return (id, text[text.unicodeScalars.index(after: index)...])
    }
    return nil
  }

  private func value(of id: ResourceID, key: String?) -> Value? {
    let resource = evaluator.group[id]
    guard let kind = StoredTexts.kind(of: resource.type), let properties = resource.properties else { return nil }
    let node =
      kind == .parameter
      ? properties["Value"]
      : properties["SecretString"] ?? properties["GenerateSecretString"]?["SecretStringTemplate"]
    return node.map { Value(kind: kind, id: id, node: $0, key: key) }
  }

  private func nearest(_ kind: Evidence.Kind, _ name: String, _ stack: Int) -> ResourceID? {
    let candidates = byName[kind]?[StoredTexts.bare(name)] ?? []
    let own = candidates.filter { $0.stack == stack }
    let found = own.isEmpty ? candidates : own
    return found.count == 1 ? found[0] : nil
  }

  private static func bare(_ name: String) -> String { name.hasPrefix("/") ? String(name.dropFirst()) : name }

  private static func kind(of type: String) -> Evidence.Kind? {
    switch type {
    case "AWS::SSM::Parameter": .parameter
    case "AWS::SecretsManager::Secret": .secret
    default: nil
    }
  }
}
