import Deployment
import Diagnostics
import Services

/// A client and a server in two stacks that nothing orders: neither the manifest of the cloud assembly nor an import, nor
/// the stack resources of a parent.
struct StacksNotOrdered: Rule {
  static let description = RuleDescription(
    id: "stacks-not-ordered", severity: .error, group: .order,
    summary: "a client and a server it connects to, in two stacks that are not ordered", spansRoots: true)

  func check(_ change: Change) -> [Diagnostic] {
    change.pairs.filter { $0.fault == .unorderedStacks }.map { pair in
      let notes = PairNotes(pair: pair)
      let stacks = StackPair(pair, change.new.group)
      return Diagnostic(
        rule: Self.description.id, severity: pair.isNew ? .error : .warning, .notOrdered(pair, stacks),
        at: pair.client.location, service: pair.client.logicalID, construct: pair.client.constructPath,
        notes: notes.evidence + [notes.server] + stacks.assumptions.map { .init(.assumed, at: $0) },
        fix: stacks.fix, identity: pair.identity)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func notOrdered(_ pair: Pair, _ stacks: StackPair) -> Self {
    let client = pair.client.logicalID
    let reason =
      stacks.lifted.map { "in \(stacks.parent) \($0.client) does not wait for \($0.server)" }
      ?? "stack \(stacks.client) is not deployed after stack \(stacks.server)"
    let base = """
      \(client) may start before \(pair.server.logicalID): \(reason), so its tasks will not resolve \
      \(pair.endpoint.display) until \(client) is deployed again
      """
    let safe =
      "; this update is safe because \(pair.server.logicalID) is already there, a first deployment elsewhere is not"
    return "\(pair.wasPublished ? base + safe : base)"
  }

  fileprivate static var assumed: Self { "the template of this nested stack is taken to be the file of that name" }
}
