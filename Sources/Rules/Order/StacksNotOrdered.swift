import Deployment
import Diagnostics
import Services

/// A client and a server in two stacks that nothing orders: neither the manifest of the cloud assembly nor an import, nor
/// the stack resources of a parent.
struct StacksNotOrdered: Rule {
  static let description = RuleDescription(
    id: "stacks-not-ordered", severity: .error, group: .order,
    summary: "a client and a server it connects to, in two stacks that are not ordered")

  func check(_ change: Change) -> [Diagnostic] {
    change.pairs.filter { $0.fault == .unorderedStacks }.map { pair in
      let notes = PairNotes(pair: pair)
      let stacks = StackPair(pair, change.new.group)
      return Diagnostic(
        rule: Self.description.id, severity: pair.isNew ? .error : .warning, .notOrdered(pair, stacks),
        at: pair.client.location, service: pair.client.logicalID, construct: pair.client.constructPath,
        notes: notes.evidence + [notes.server] + stacks.assumptions.map { .init(.assumed, at: $0) },
        fix: Fix(summary: "\(Diagnostic.Message.order(stacks))"), identity: pair.identity)
    }
  }
}

/// What deploys a client and a server, and what could make one wait for the other.
private struct StackPair {
  /// In the common parent: the resources to order. `nil` when both are stacks of their own.
  let lifted: (client: String, server: String)?
  let parent: String
  let client: String
  let server: String
  let isSynthesised: Bool
  /// Where it is only assumed which template a nested stack has.
  let assumptions: [Location]

  init(_ pair: Pair, _ group: TemplateGroup) {
    let ends = [pair.client.id.stack, pair.server.id.stack]
    let names = ends.map { group.stacks[$0].name ?? group.stacks[$0].template.path.name }
    client = names[0]
    server = names[1]
    let common = group.lifted(pair.client.id, pair.server.id)
    lifted = common.map { (group[$0].logicalID, group[$1].logicalID) }
    parent = common.map { group.template(of: $0.0).path.description } ?? ""
    isSynthesised = group.stacks[ends[0]].isSynthesised
    assumptions = ends.compactMap { group.stacks[$0].assumption }
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
    let safe = "; this update is safe because \(pair.server.logicalID) is already there, a first deployment elsewhere is not"
    return "\(pair.wasPublished ? base + safe : base)"
  }

  fileprivate static var assumed: Self { "the template of this nested stack is taken to be the file of that name" }

  fileprivate static func order(_ stacks: StackPair) -> Self {
    if let (client, server) = stacks.lifted {
      return stacks.isSynthesised
        ? "let what \(client) holds depend on what \(server) holds in the app: `client.addDependency(server)` between the two"
        : "add \(server) to DependsOn of \(client) in \(stacks.parent): `DependsOn: [\(server)]`"
    }
    return "let stack \(stacks.client) depend on stack \(stacks.server) in the app: `clientStack.addDependency(serverStack)`"
  }
}
