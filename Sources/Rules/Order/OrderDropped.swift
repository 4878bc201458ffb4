import Deployment
import Diagnostics
import Services

/// An order between two services that the old side had and the change takes away.
struct OrderDropped: Rule {
  static let description = RuleDescription(
    id: "order-dropped", severity: .error, group: .order,
    summary: "the change takes away the order between a client and a server", needsOldSide: true)

  func check(_ change: Change) -> [Diagnostic] {
    change.pairs.filter { $0.fault == .dropped }.map { pair in
      let notes = PairNotes(pair: pair)
      return Diagnostic(
        rule: Self.description.id, severity: .error, .noLongerWaits(pair), at: pair.client.location,
        service: pair.client.logicalID, construct: pair.client.constructPath, notes: notes.evidence + [notes.server],
        fix: OrderFix(change: change, pair: pair).fix, identity: pair.identity)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func noLongerWaits(_ pair: Pair) -> Self {
    let client = pair.client.logicalID
    let server = pair.server.logicalID
    let base = """
      \(client) no longer waits for \(server): where both are new its tasks will not resolve \
      \(pair.endpoint.display) until \(client) is deployed again
      """
    let safe = "; this update is safe because \(server) is already there, a first deployment elsewhere is not"
    return "\(pair.wasPublished ? base + safe : base)"
  }
}
