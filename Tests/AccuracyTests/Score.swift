import Foundation

/// How well the connections of a corpus are found, by its answer key. `likely` answers count neither way, and what no
/// template shows is not missed.
struct Score {
  let name: String
  let wanted: Set<AnswerKey.Pair>
  let found: Set<AnswerKey.Pair>
  let wrong: Set<AnswerKey.Pair>
  /// Found pairs of the key that a template shows, and others of the key.
  let right: Set<AnswerKey.Pair>

  /// - Parameter mechanism: `nil` for all of them.
  init(_ name: String, of key: AnswerKey, _ finding: Finding, by mechanism: String? = nil) {
    let answers = key.connections.filter { mechanism == nil || $0.mechanism == mechanism }
    let sure = answers.filter(\.isSure)
    let likely = Set(answers.filter { !$0.isSure }.map(\.pair))
    self.name = name
    wanted = Set(sure.filter(\.isVisible).map(\.pair))
    found = finding.pairs(of: key.templates, by: mechanism).subtracting(likely)
    right = found.intersection(sure.map(\.pair))
    wrong = found.subtracting(right)
  }

  var precision: Double { found.isEmpty ? 1 : Double(right.count) / Double(found.count) }
  var recall: Double { wanted.isEmpty ? 1 : Double(wanted.intersection(found).count) / Double(wanted.count) }

  /// A line of the table.
  var row: String {
    let numbers = [wanted.count, wanted.intersection(found).count, found.count, wrong.count].map(String.init)
    return "| " + ([name] + numbers + [Score.text(precision), Score.text(recall)]).joined(separator: " | ") + " |"
  }

  /// Three digits behind the point.
  static func text(_ value: Double) -> String { String(format: "%.3f", value) }
}

extension AnswerKey {
  /// The kinds of place in which a template shows a connection.
  var evidenceKinds: [String] { Set(connections.filter(\.isVisible).map { AnswerKey.kind($0.evidence) }).sorted() }

  static func kind(_ evidence: String) -> String { String(evidence.prefix { $0 != " " }) }

  /// The traps that a finding has fallen into: evidence at the very place, but for the place by which a connection of the
  /// key is known.
  func taken(by finding: Finding) -> [Trap] {
    traps.filter { trap in
      guard !trap.isTrueConnection else { return false }
      return finding.connections.contains { pair, found in
        guard pair.template == trap.template, trap.service == "-" || pair.client == trap.service else { return false }
        let answer = connections.first { $0.pair == pair }
        return found.contains { connection in
          connection.evidence.contains { evidence in
            guard trap.holds(evidence.kind, evidence.name) else { return false }
            return answer.map { $0.evidence != "\(evidence.kind) \(evidence.name ?? "")" && !$0.isShown(by: trap) }
              ?? true
          }
        }
      }
    }
  }
}

extension AnswerKey.Answer {
  /// Whether a trap lies in the same text as what shows the connection: another flag, the path of a URL.
  fileprivate func isShown(by trap: AnswerKey.Trap) -> Bool {
    AnswerKey.kind(evidence) == AnswerKey.kind(trap.place) && !trap.place.hasPrefix("environment")
  }
}

extension AnswerKey.Trap {
  /// Whether evidence stands at the place of the trap. In places that are no evidence at all nothing does.
  fileprivate func holds(_ kind: String, _ name: String?) -> Bool {
    let words = place.split(separator: " ").map(String.init)
    switch words[0] {
    case "environment": return kind == "environment" && name == words[1]
    case "secret": return (kind == "secret" || kind == "parameter") && name == words[1]
    case "command": return kind == "command" || kind == "entry-point"
    case "health": return kind == "health-check"
    case "docker": return kind == "label"
    case "security-group": return kind == "security-group"
    default: return false
    }
  }
}
