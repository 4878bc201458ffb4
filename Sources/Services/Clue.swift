import Deployment
import Templates

/// A text of a task that may name hosts, with what stands around it.
struct Clue {
  let kind: Evidence.Kind
  /// The environment variable, or the flag before the word of a command.
  let label: String?
  /// The name of the environment variable, for people.
  let name: String?
  let node: Conditional<Node>
  /// A port that stands apart: in the variable `X_PORT` beside `X_HOST`, in the next word of a command.
  let port: Int?

  /// Every clue of a container.
  static func all(in container: TaskDefinition.Container, _ stack: Int, _ evaluator: Evaluator) -> [Clue] {
    let variables = container.environment
    let ports = variables.reduce(into: [String: Int]()) { ports, variable in
      guard let port = evaluator.text(of: variable.value.value, in: stack).flatMap({ Int($0) }) else { return }
      let words = HostToken.words(of: variable.name)
      if words.last == "PORT" { ports[words.dropLast().joined(separator: "_")] = port }
    }
    let environment = variables.map { variable in
      Clue(
        kind: .environment, label: variable.name, name: variable.name, node: variable.value,
        port: port(for: variable.name, among: ports))
    }
    return environment + [.command, .entryPoint, .healthCheck].flatMap { kind in
      words(container.commands[kind] ?? [], kind, stack, evaluator)
    }
  }

  /// The port of `DB_PORT` for `DB_HOST`, `DB_HOSTNAME`, `DB_SERVER` and `DB`.
  private static func port(for name: String, among ports: [String: Int]) -> Int? {
    let words = HostToken.words(of: name)
    return ports[words.joined(separator: "_")] ?? ports[words.dropLast().joined(separator: "_")]
  }

  private static func words(
    _ nodes: [Conditional<Node>], _ kind: Evidence.Kind, _ stack: Int, _ evaluator: Evaluator
  ) -> [Clue] {
    let texts = nodes.map { evaluator.text(of: $0.value, in: stack) }
    return nodes.indices.map { index in
      let before = index > 0 ? texts[index - 1] : nil
      let after = index + 1 < nodes.count ? texts[index + 1] : nil
      let isFlag = before?.hasPrefix("-") ?? false
      return Clue(
        kind: kind, label: isFlag ? before : nil, name: nil, node: nodes[index], port: after.flatMap { Int($0) })
    }
  }

  /// Whether the label means that the whole text is a host.
  var isLabelledAsHost: Bool {
    guard let label else { return false }
    return HostToken.isHostLike(label) || (kind != .environment && label == "-h")
  }
}
