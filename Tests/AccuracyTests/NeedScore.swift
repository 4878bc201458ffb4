import Foundation

/// How well the rules about what services need know it, by the key.
///
/// A finding is right where one of the resources that it names has a row that wants it, and none has a row that is awaited
/// or excused. A row that wants a finding is found where one names its resource.
struct NeedScore {
  let name: String
  let wanted: Int
  let missed: [NeedKey.Row]
  let found: Int
  let wrong: [Finding.Need]

  /// - Parameter need: `nil` for all needs that a rule is about.
  init(_ name: String, of key: NeedKey, _ finding: Finding, need: String? = nil) {
    func counts(_ word: String) -> Bool { need.map { $0 == word } ?? finding.needKinds.contains(word) }
    let rows = key.rows.filter { counts($0.need) }
    let templates = Set(key.rows.map(\.template))
    let needs = finding.needs.filter { counts($0.need) && templates.contains($0.template) }
    let wanted = rows.filter(\.isWanted)
    self.name = name
    self.wanted = wanted.count
    missed = wanted.filter { row in !needs.contains { $0.names(row) } }
    found = needs.count
    wrong = needs.filter { need in
      let named = rows.filter(need.names)
      return !named.contains(where: \.isWanted) || named.contains { !$0.isWanted }
    }
  }

  var precision: Double { found == 0 ? 1 : Double(found - wrong.count) / Double(found) }
  var recall: Double { wanted == 0 ? 1 : Double(wanted - missed.count) / Double(wanted) }

  /// A line of the table.
  var row: String {
    let numbers = [wanted, wanted - missed.count, found, wrong.count].map(String.init)
    return "| " + ([name] + numbers + [Score.text(precision), Score.text(recall)]).joined(separator: " | ") + " |"
  }
}
