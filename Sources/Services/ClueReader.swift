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
    return clues(in: container, task.id.stack).map { clue in
      var clue = clue
      clue.premises = container.premises
      clue.localNames = local
      return clue
    }
  }

  private func clues(in container: TaskDefinition.Container, _ stack: Int) -> [Clue] {
    variables(container.environment, .environment, stack)
      + [.command, .entryPoint, .healthCheck].flatMap { words(container.commands[$0] ?? [], $0, stack) }
      + [.label, .logOption].flatMap { variables(container.options[$0] ?? [], $0, stack) }
      + container.secrets.flatMap { secrets($0, stack) } + container.environmentFiles.flatMap { file($0, stack) }
  }

  /// What a value may be, with the values of the group in place of dynamic references.
  func texts(_ node: Conditional<Node>, _ stack: Int) -> [Conditional<String>] {
    evaluator.values(of: node.value, in: stack).map { text in
      Conditional(stored.expanded(text.value, in: stack), when: node.premises + text.premises)
    }
  }

  private func variables(_ variables: [TaskDefinition.Variable], _ kind: Evidence.Kind, _ stack: Int) -> [Clue] {
    let texts = variables.map { self.texts($0.value, stack) }
    let ports = PortTable(
      zip(variables, texts).compactMap { variable, texts in
        Set(texts.map(\.value)).count == 1 ? (name: variable.name, text: texts[0].value) : nil
      })
    return zip(variables, texts).map { variable, texts in
      Clue(
        kind: kind, label: variable.name, name: variable.name, texts: texts,
        port: ports.port(for: variable.name, pairsAlone: kind != .environment),
        place: .node(variable.value.value, stack: stack))
    }
  }

  private func words(_ nodes: [Conditional<Node>], _ kind: Evidence.Kind, _ stack: Int) -> [Clue] {
    let texts = nodes.map { self.texts($0, stack) }
    let known = texts.map { Set($0.map(\.value)).count == 1 ? $0[0].value : nil }
    return nodes.indices.map { index in
      let before = index > 0 ? known[index - 1] : nil
      let after = index + 1 < nodes.count ? known[index + 1] : nil
      let isFlag = before?.hasPrefix("-") ?? false
      return Clue(
        kind: kind, label: isFlag ? before : nil, name: nil, texts: texts[index],
        port: after.flatMap { Int($0) } ?? portFlag(behind: index, known),
        place: .node(nodes[index].value, stack: stack))
    }
  }

  /// The port in `-h mysql -P 3306` and `--host mysql --port 3306`, for the word `mysql`.
  private func portFlag(behind index: Int, _ words: [String?]) -> Int? {
    guard index + 2 < words.count, let flag = words[index + 1], let port = words[index + 2] else { return nil }
    let isPort = ["-p", "-P"].contains(flag) || (flag.hasPrefix("-") && HostWords.stemOfPort(flag) != nil)
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
        kind: value.kind, label: variable.name, name: variable.name, texts: texts, port: nil,
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
      let ports = PortTable(variables.map { (name: $0.name, text: $0.value) })
      return variables.map { name, value, range in
        Clue(
          kind: .environmentFile, label: name, name: name,
          texts: [Conditional(HoleTable.literal(value), when: node.premises + arn.premises)],
          port: ports.port(for: name, pairsAlone: false), place: .file(file, range))
      }
    }
  }
}
