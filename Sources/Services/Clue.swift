import Deployment
import Diagnostics
import Templates

/// A text of a task that may name hosts, with what stands around it.
struct Clue {
  let kind: Evidence.Kind
  /// The environment variable, the key, or the flag before the word of a command.
  let label: HostWords?
  /// The name of the environment variable, for people.
  let name: String?
  /// What the text may be, with what must hold for that.
  let texts: [Conditional<String>]
  /// A port that stands apart: in the variable `X_PORT` beside `X_HOST`, in the next word of a command.
  let port: Int?
  /// What must hold for the task to have the container.
  var premises: [Premise] = []
  /// Names that mean something else in the container.
  var localNames: Set<String> = []
  let place: Place

  enum Place {
    case node(Node, stack: Int)
    case file(AssetTexts.File, Range<Int>)
  }

  func spot(in group: TemplateGroup) -> Spot {
    switch place {
    case .node(let node, let stack): group.stacks[stack].template.spot(of: node)
    case .file(let file, let range): file.spot(of: range)
    }
  }

  /// A host that the clue names, with what the clue says beside it.
  struct Mention {
    let token: HostToken
    /// Whether the label means an address that others are told.
    let isForOthers: Bool
    /// A port that stands apart.
    let port: Int?
    let isLabelledAsHost: Bool
  }

  /// The hosts in one of the texts. JSON and YAML are taken apart: what counts there is the key before a value.
  func mentions(in text: String) -> [Mention] {
    guard let entries = StructuredText.entries(of: text) else {
      return mentions(in: text, label, port, isFlag: kind.isCommand)
    }
    return entries.flatMap { entry in
      mentions(in: entry.text, entry.label.isEmpty ? label : HostWords(entry.label), entry.port, isFlag: false)
    }
  }

  private func mentions(in text: String, _ label: HostWords?, _ port: Int?, isFlag: Bool) -> [Mention] {
    if let label, !isFlag, label.meanImage { return [] }
    let isHost = label.map { $0.meanHost || (isFlag && $0.name == "-h") } ?? false
    let isForOthers = label?.meanAddressForOthers ?? false
    return HostToken.all(in: text).map {
      Mention(token: $0, isForOthers: isForOthers, port: port, isLabelledAsHost: isHost)
    }
  }
}

extension Clue.Mention {
  /// The port beside the host, wherever it stands.
  var knownPort: Int? { token.port ?? (token.form == .bare ? port : nil) }

  var isLabelled: Bool { token.form == .labelled || isLabelledAsHost }

  /// Whether the text means a host for sure, so that another port is a mistake and not a version or an image tag.
  var isSurelyHost: Bool { token.form == .url || isLabelled }

  /// How much the mention says for an endpoint of the same host that listens on one of some ports; `nil` is nothing.
  ///
  /// - Parameter ports: the ports of the endpoint; empty when nobody knows.
  func strength(for ports: [Int]) -> Connection.Strength? {
    if let port = knownPort, !ports.isEmpty {
      if ports.contains(port) { return .certain }
      return isSurelyHost ? .weak : nil
    }
    if let port = token.effectivePort, ports.contains(port) { return .certain }
    switch token.form {
    case .url, .labelled: return .strong
    case .hostAndPort:
      // A port that the templates do not tell leaves a host; one that nobody can compare leaves a word with a number.
      return isLabelled || (token.host.contains(".") && (ports.isEmpty || token.port == nil)) ? .strong : nil
    case .bare: return isLabelled || token.host.contains(".") ? .strong : nil
    }
  }
}

extension Evidence.Kind {
  /// Whether the text is one word of a list that is run.
  var isCommand: Bool { self == .command || self == .entryPoint || self == .healthCheck }
}
