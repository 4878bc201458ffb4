import Deployment
import Diagnostics
import Services

/// A client and a server in two stacks that nothing orders: neither the manifest of the cloud assembly nor an import.
struct StacksNotOrdered: Rule {
  static let description = RuleDescription(
    id: "stacks-not-ordered", severity: .error, group: .order,
    summary: "a client and a server it connects to, in two stacks that are not ordered")

  func check(_ change: Change) -> [Diagnostic] {
    change.pairs.filter { $0.fault == .unorderedStacks }.map { pair in
      let notes = PairNotes(pair: pair)
      let client = change.new.group.stacks[pair.client.id.stack].name ?? pair.client.name.path.name
      let server = change.new.group.stacks[pair.server.id.stack].name ?? pair.server.name.path.name
      return Diagnostic(
        rule: Self.description.id, severity: pair.isNew ? .error : .warning, .notOrdered(pair, client, server),
        at: pair.client.location, service: pair.client.logicalID, construct: pair.client.constructPath,
        notes: notes.evidence + [notes.server], fix: Fix(summary: "\(Diagnostic.Message.order(client, server))"),
        identity: pair.identity)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func notOrdered(_ pair: Pair, _ clientStack: String, _ serverStack: String) -> Self {
    let client = pair.client.logicalID
    let base = """
      \(client) may start before \(pair.server.logicalID): stack \(clientStack) is not deployed after stack \
      \(serverStack), so its tasks will not resolve \(pair.endpoint.display) until \(client) is deployed again
      """
    let safe = "; this update is safe because \(pair.server.logicalID) is already there, a first deployment elsewhere is not"
    return "\(pair.wasPublished ? base + safe : base)"
  }

  fileprivate static func order(_ clientStack: String, _ serverStack: String) -> Self {
    "let stack \(clientStack) depend on stack \(serverStack) in the app: `clientStack.addDependency(serverStack)`"
  }
}
