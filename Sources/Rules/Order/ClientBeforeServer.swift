import Deployment
import Diagnostics
import Services

/// A client that CloudFormation may start before a server it connects to, since nothing orders the two.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html
struct ClientBeforeServer: Rule {
  static let description = RuleDescription(
    id: "client-before-server", severity: .error, group: .order,
    summary:
      "a client service and a server it connects to, in one stack, with no path of dependencies from client to server")

  func check(_ change: Change) -> [Diagnostic] {
    change.pairs.filter { $0.fault == .unordered }.map { pair in
      let notes = PairNotes(pair: pair)
      return Diagnostic(
        rule: Self.description.id, severity: pair.isNew ? .error : .warning,
        .mayStartBefore(pair, change), at: pair.client.location, service: pair.client.logicalID,
        construct: pair.client.constructPath,
        notes: [.init(.deployedTogether(pair.server), at: pair.client.location)] + notes.evidence + [notes.server],
        fix: OrderFix(change: change, pair: pair).fix, identity: pair.identity)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func mayStartBefore(_ pair: Pair, _ change: Change) -> Self {
    let client = pair.client.logicalID
    let server = pair.server.logicalID
    var text = """
      \(client) may start before \(server): its tasks will not resolve \(pair.endpoint.display) until \(client) is \
      deployed again
      """
    let circumstances = pair.connections[0].circumstances
    if !circumstances.isEmpty { text += "; nothing orders the two where \(circumstances)" }
    if let task = taskInDependsOn(pair, change) { text += "; it waits for \(task), not for the service" }
    if pair.wasPublished {
      text += "; this update is safe because \(server) is already there, a first deployment elsewhere is not"
    }
    return "\(text)"
  }

  /// The server's task definition, if the client waits for that by mistake.
  private static func taskInDependsOn(_ pair: Pair, _ change: Change) -> String? {
    guard let task = pair.server.taskDefinition?.id, task.stack == pair.client.id.stack else { return nil }
    let graph = change.new.group.stacks[task.stack].graph
    return graph.explicitDependents(of: task.index).contains(pair.client.id.index)
      ? change.new.group[task].logicalID : nil
  }

  fileprivate static func deployedTogether(_ server: Service) -> Self {
    "deployed at the same time as \(server.logicalID)"
  }
}
