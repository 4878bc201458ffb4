import Deployment
import Templates

/// Reads the clues of a task definition.
struct ClueReader {
  let evaluator: Evaluator
  let stored: StoredTexts
  let assets: AssetTexts

  /// The clues of one container of a task.
  func clues(in container: TaskDefinition.Container, of task: TaskDefinition) -> [Clue] {
    // The containers of a task reach each other by their own means.
    let local = container.localNames.union(task.containers.compactMap { $0.name?.lowercased() })
    var clues = clues(in: container, task.id.stack)
    for index in clues.indices {
      clues[index].premises = container.premises
      clues[index].localNames = local
    }
    return clues
  }

  private func clues(in container: TaskDefinition.Container, _ stack: Int) -> [Clue] {
    var clues = variables(container.environment, .environment, stack)
    for (kind, nodes) in container.commands { clues += words(nodes, kind, stack) }
    for (kind, options) in container.options { clues += variables(options, kind, stack) }
    for secret in container.secrets { clues += secrets(secret, stack) }
    for file in container.environmentFiles { clues += self.file(file, stack) }
    return clues
  }

  /// What a value may be, with the values of the group in place of dynamic references.
  func texts(_ node: Conditional<Node>, _ stack: Int) -> [Conditional<String>] {
    evaluator.values(of: node.value, in: stack).map { text in
      Conditional(stored.expanded(text.value, in: stack), when: node.premises + text.premises)
    }
  }

  private func variables(_ variables: [TaskDefinition.Variable], _ kind: Evidence.Kind, _ stack: Int) -> [Clue] {
    guard !variables.isEmpty else { return [] }
    let texts = variables.map { self.texts($0.value, stack) }
    let names = variables.map { HostWords($0.name) }
    let ports = PortTable(
      zip(names, texts).compactMap { name, texts in ClueReader.sole(texts).map { (name: name, text: $0) } })
    return variables.indices.map { index in
      Clue(
        kind: kind, label: names[index], name: names[index].name, texts: texts[index],
        port: ports.port(for: names[index], pairsAlone: kind != .environment),
        place: .node(variables[index].value.value, stack: stack))
    }
  }

  /// The text that a value has whatever the conditions are.
  private static func sole(_ texts: [Conditional<String>]) -> String? {
    guard let first = texts.first?.value else { return nil }
    return texts.dropFirst().allSatisfy { $0.value == first } ? first : nil
  }

  private func words(_ nodes: [Conditional<Node>], _ kind: Evidence.Kind, _ stack: Int) -> [Clue] {
    let texts = nodes.map { self.texts($0, stack) }
    let known = texts.map(ClueReader.sole)
    return nodes.indices.map { index in
      let before = index > 0 ? known[index - 1] : nil
      let after = index + 1 < nodes.count ? known[index + 1] : nil
      let flag = before.flatMap { $0.hasPrefix("-") ? HostWords($0) : nil }
      return Clue(
        kind: kind, label: flag, name: nil, texts: texts[index],
        port: after.flatMap { Int($0) } ?? portFlag(behind: index, known),
        place: .node(nodes[index].value, stack: stack))
    }
  }

  /// The port in `-h mysql -P 3306` and `--host mysql --port 3306`, for the word `mysql`.
  private func portFlag(behind index: Int, _ words: [String?]) -> Int? {
    guard index + 2 < words.count, let flag = words[index + 1], let port = words[index + 2] else { return nil }
    let isPort = ["-p", "-P"].contains(flag) || (flag.hasPrefix("-") && HostWords(flag).stemOfPort != nil)
    return isPort ? Int(port) : nil
  }

  private func secrets(_ variable: TaskDefinition.Variable, _ stack: Int) -> [Clue] {
    evaluator.values(of: variable.value.value, in: stack).compactMap { reference in
      guard let value = stored.value(named: reference.value, in: stack) else { return nil }
      let premises = variable.value.premises + reference.premises
      let texts = self.texts(Conditional(value.node, when: premises), value.id.stack).map { text in
        guard let key = value.key else { return text }
        return Conditional(StructuredText.value(of: key, in: text.value) ?? "", when: text.premises)
      }
      return Clue(
        kind: value.kind, label: HostWords(variable.name), name: variable.name, texts: texts, port: nil,
        place: .node(value.node, stack: value.id.stack))
    }
  }

  /// The variables of an environment file, if it is an asset: `arn:…:s3:::bucket/<hash>.env`.
  private func file(_ node: Conditional<Node>, _ stack: Int) -> [Clue] {
    evaluator.values(of: node.value, in: stack).flatMap { arn -> [Clue] in
      guard let slash = arn.value.lastIndex(of: "/") else { return [] }
      let object = String(arn.value[arn.value.index(after: slash)...])
      guard !object.isEmpty, !HoleTable.hasHole(object), let file = assets.file(object) else { return [] }
      let variables = file.variables()
      let ports = PortTable(variables.map { (name: HostWords($0.name), text: $0.value) })
      return variables.map { name, value, range in
        let words = HostWords(name)
        return Clue(
          kind: .environmentFile, label: words, name: name,
          texts: [Conditional(HoleTable.literal(value), when: node.premises + arn.premises)],
          port: ports.port(for: words, pairsAlone: false), place: .file(file, range))
      }
    }
  }
}
