import Diagnostics
import Foundation
import Linter
import Rules

/// What Precede says of the corpus.
struct Finding {
  let connections: [AnswerKey.Pair: [Report.Connection]]
  /// The clients of which a rule of the group `order` speaks.
  let ordered: [(template: String, client: String)]

  /// Looks at every template of a folder, as `precede check --all` does.
  init(in folder: URL) throws {
    let linter = Linter(directory: folder.path(percentEncoded: false), environment: [:])
    let report = try linter.check(.all(revision: nil), paths: ["."]).report
    func name(_ path: Path) -> String {
      // Inside of a repository paths count from its top.
      path.description.range(of: "/\(folder.lastPathComponent)/").map { String(path.description[$0.upperBound...]) }
        ?? path.description.replacing("\(folder.lastPathComponent)/", with: "", maxReplacements: 1)
    }
    connections = Dictionary(grouping: report.connections) { connection in
      let client = name(connection.client.path)
      let server = name(connection.server.path)
      return AnswerKey.Pair(
        template: client, client: connection.client.logicalID,
        server: server == client ? connection.server.logicalID : "\(server)#\(connection.server.logicalID)")
    }
    let rules = Set(RuleSet.descriptions.filter { $0.group == .order }.map(\.id))
    ordered = report.diagnostics.filter { rules.contains($0.rule) }
      .map { (name($0.location.path), $0.service ?? "") }
  }

  /// The pairs of a template, of one mechanism or of all.
  func pairs(of templates: Set<String>, by mechanism: String? = nil) -> Set<AnswerKey.Pair> {
    Set(
      connections.filter { pair, found in
        templates.contains(pair.template) && (mechanism == nil || found.contains { $0.mechanism == mechanism })
      }.keys)
  }
}
