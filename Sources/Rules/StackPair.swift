import Deployment
import Diagnostics
import Services

/// The two stacks of a client and a server, and what could make one wait for the other.
struct StackPair {
  /// In the nearest common parent: the resources to order. `nil` when both are stacks of their own.
  let lifted: (client: String, server: String)?
  /// The path of that parent.
  let parent: String
  /// The names of the stacks.
  let client: String
  let server: String
  let isSynthesised: Bool
  /// Whether anything deploys the two together.
  let isLinked: Bool
  /// Where it is only assumed which template a nested stack has.
  let assumptions: [Location]
  /// The place of the server.
  private let provider: Location

  init(_ pair: Pair, _ group: TemplateGroup) {
    let ends = [pair.client.id.stack, pair.server.id.stack]
    let names = ends.map { group.stacks[$0].name ?? group.stacks[$0].template.path.name }
    client = names[0]
    server = names[1]
    let common = group.lifted(pair.client.id, pair.server.id)
    lifted = common.map { (group[$0].logicalID, group[$1].logicalID) }
    parent = common.map { group.template(of: $0.0).path.description } ?? ""
    isLinked = group.origins[ends[0]] == group.origins[ends[1]]
    isSynthesised = group.stacks[ends[0]].isSynthesised
    provider = pair.server.location
    assumptions = ends.compactMap { group.stacks[$0].assumption }
  }

  var fix: Fix {
    guard isLinked else { return Fix(summary: "deploy \(server) before \(client) wherever both are new") }
    guard let (client, server) = lifted else {
      return Fix(
        Fix.Statement(
          "let stack \(self.client) depend on stack \(self.server) in the app", "with your variables",
          "clientStack.addDependency(serverStack)", waitingFor: provider))
    }
    if isSynthesised {
      return Fix(
        Fix.Statement(
          "let what \(client) holds depend on what \(server) holds in the app", "with the two nested stacks",
          "client.addDependency(server)", waitingFor: provider))
    }
    return Fix(summary: "add \(server) to DependsOn of \(client) in \(parent): `DependsOn: [\(server)]`")
  }
}
