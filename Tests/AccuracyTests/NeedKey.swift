import Foundation

/// The answers that people gave for what services need: a resource that gives it, and whether a path of dependencies leads
/// to that.
struct NeedKey {
  let rows: [Row]

  struct Row {
    let template: String
    let service: String
    let need: String
    let resource: String
    let isAwaited: Bool
    /// Whether the note says that nothing has to be awaited here, so that silence is right.
    let isExcused: Bool

    /// Whether a rule has to speak.
    var isWanted: Bool { !isAwaited && !isExcused }
  }

  /// Rows of which the template alone does not tell are left out.
  init(in folder: URL) throws {
    rows = try AnswerKey.rows(of: folder.appending(path: "labels/startup.tsv")).filter { $0[4] != "unknown" }.map {
      row in
      Row(
        template: row[0], service: row[1], need: row[2], resource: row[3], isAwaited: row[4] == "yes",
        isExcused: row[5].contains(#/covered by|not needed|need not|; \w+ is awaited/#))
    }
  }

  /// The word of the key for a kind of need.
  static func need(of kind: String) -> String {
    switch kind {
    case "instances": "capacity"
    case "execution-policy": "role-policy"
    default: kind
    }
  }
}
