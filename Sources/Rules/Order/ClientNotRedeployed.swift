import Deployment
import Diagnostics
import Services

/// A server that publishes a new endpoint while a client that uses it is not deployed by the same change: the tasks of a
/// client, replacements too, know the endpoints of its last deployment and no others.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html
struct ClientNotRedeployed: Rule {
  static let description = RuleDescription(
    id: "client-not-redeployed", severity: .error, group: .order,
    summary: "a new endpoint, and a client of it that the change does not deploy", needsOldSide: true, spansRoots: true)

  func check(_ change: Change) -> [Diagnostic] {
    change.pairs.filter { $0.fault == .notRedeployed }.map { pair in
      let notes = PairNotes(pair: pair)
      return Diagnostic(
        rule: Self.description.id, severity: .error, .staysAsItIs(pair), at: pair.client.location,
        service: pair.client.logicalID, construct: pair.client.constructPath, notes: notes.evidence + [notes.server],
        fix: Fix(summary: "\(Diagnostic.Message.deploy(pair, change))"), identity: pair.identity)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func staysAsItIs(_ pair: Pair) -> Self {
    let client = pair.client.logicalID
    return """
      \(client) is not deployed by this change, in which \(pair.server.logicalID) publishes \(pair.endpoint.display): \
      its tasks will not resolve it until \(client) is deployed again
      """
  }

  /// An order alone makes no update of the client, a deployment without order may come too early.
  fileprivate static func deploy(_ pair: Pair, _ change: Change) -> Self {
    let client = pair.client.logicalID
    if change.new.group.stacks[pair.client.id.stack].isSynthesised {
      return """
        deploy \(client) after \(pair.server.logicalID) in this change: `client.forceNewDeployment('<new value>')` and \
        `(client.node.defaultChild as CfnService).addDependency(server.node.defaultChild as CfnService)`
        """
    }
    let isOrdered = ![Waits.Relation.none, .reversed].contains(pair.relation)
    let order = isOrdered ? "" : "\(OrderFix(change: change, pair: pair).fix.summary), and "
    return """
      \(order)deploy \(client) in this change: \
      `ForceNewDeployment: {EnableForceNewDeployment: true, ForceNewDeploymentNonce: <new value>}`
      """
  }
}
