import Diagnostics
import Foundation
import Linter
import Rules

/// What Precede says of the corpus.
struct Finding {
  let connections: [AnswerKey.Pair: [Report.Connection]]
  /// The clients of which a rule of the group `order` speaks.
  let ordered: [(template: String, client: String)]
  /// What the rules about what services need say.
  let needs: [Need]
  /// The needs that rules are about, in the words of the key.
  let needKinds: [String]

  /// A finding about what a service needs.
  struct Need {
    let template: String
    let service: String
    let need: String
    /// What it says of the resources that give it.
    let texts: [String]

    /// Whether it says of the resource of a row that it is not awaited: such a note begins with the resource.
    func names(_ row: NeedKey.Row) -> Bool {
      guard template == row.template, service == row.service, need == row.need else { return false }
      return texts.contains { $0.prefix { $0 != " " } == row.resource }
    }
  }

  /// Looks at every template of a folder, as `precede check --all` does.
  init(in folder: URL) throws {
    let linter = Linter(directory: folder.path(percentEncoded: false), environment: [:])
    let asked = RuleSet.all.compactMap { rule in
      (rule as? any NeedRule).map { (id: type(of: $0).description.id, kind: type(of: $0).kind.rawValue) }
    }
    var settings = Settings()
    settings.rules = asked.map { "\($0.id)=warning" }
    let report = try linter.check(.all(revision: nil), paths: ["."], settings: settings).report
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
    let words = Dictionary(uniqueKeysWithValues: asked.map { ($0.id, NeedKey.need(of: $0.kind)) })
    needs = report.diagnostics.compactMap { diagnostic in
      words[diagnostic.rule].map { word in
        Need(
          template: name(diagnostic.location.path), service: diagnostic.service ?? "", need: word,
          texts: diagnostic.notes.dropFirst().map(\.message.text))
      }
    }
    needKinds = Set(words.values).sorted()
  }

  /// The pairs of a template, of one mechanism or of all.
  func pairs(of templates: Set<String>, by mechanism: String? = nil) -> Set<AnswerKey.Pair> {
    Set(
      connections.filter { pair, found in
        templates.contains(pair.template) && (mechanism == nil || found.contains { $0.mechanism == mechanism })
      }.keys)
  }
}
