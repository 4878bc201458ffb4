import Diagnostics
import Services

/// A server that waits for its own client: the client surely starts first.
struct ReversedOrder: Rule {
  static let description = RuleDescription(
    id: "reversed-order", severity: .error, group: .order, summary: "a server that waits for its client")

  func check(_ change: Change) -> [Diagnostic] {
    change.pairs.filter { $0.fault == .reversed }.map { pair in
      let notes = PairNotes(pair: pair)
      let path = change.new.order.path(from: pair.server.id, to: pair.client.id)
      let steps = WaitNotes(path: path, template: change.new.group.template(of: pair.server.id)).notes
      return Diagnostic(
        rule: Self.description.id, severity: .error, .startsFirst(pair), at: pair.client.location,
        service: pair.client.logicalID, construct: pair.client.constructPath,
        notes: notes.evidence + (steps.isEmpty ? [notes.server] : steps),
        fix: Fix(summary: "\(Diagnostic.Message.turnRound(pair))"), identity: pair.identity)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func startsFirst(_ pair: Pair) -> Self {
    let client = pair.client.logicalID
    let base = """
      \(client) starts before \(pair.server.logicalID), which waits for it: its tasks will not resolve \
      \(pair.endpoint.display) until \(client) is deployed again
      """
    let safe =
      "; this update is safe because \(pair.server.logicalID) is already there, a first deployment elsewhere is not"
    return "\(pair.wasPublished ? base + safe : base)"
  }

  fileprivate static func turnRound(_ pair: Pair) -> Self {
    """
    turn the order round: let \(pair.server.logicalID) no longer wait for \(pair.client.logicalID), and add \
    \(pair.server.logicalID) to DependsOn of \(pair.client.logicalID)
    """
  }
}
