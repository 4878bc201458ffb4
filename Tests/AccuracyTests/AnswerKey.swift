import Foundation
import Support

/// The answers that people gave for templates of a corpus: who connects to whom, and what only looks like it.
struct AnswerKey {
  let connections: [Answer]
  /// Every labelled template, silent ones included.
  let templates: Set<String>
  /// Templates with the same answers as a labelled one.
  let variants: [String: String]
  let traps: [Trap]

  /// A client and a server, as the key names them.
  struct Pair: Hashable {
    let template: String
    let client: String
    /// With `path#` before it where the server stands in another template.
    let server: String
  }

  struct Answer {
    let pair: Pair
    let mechanism: String
    let evidence: String
    let isSure: Bool

    /// Whether a template shows the connection at all.
    var isVisible: Bool { evidence != "none-visible" }
  }

  /// A value that looks like a connection.
  struct Trap {
    let template: String
    /// `-` where none has the value.
    let service: String
    let place: String
    let value: String
    /// A connection after all, but by no name of Service Connect.
    let isTrueConnection: Bool
  }

  /// The folder of the corpus; `nil` in a clone that stands alone.
  static let folder: URL? = {
    guard let folder = Project.shared?.appending(path: "corpus") else { return nil }
    let key = folder.appending(path: "labels/connections.tsv").path(percentEncoded: false)
    return FileManager.default.fileExists(atPath: key) ? folder : nil
  }()

  init(in folder: URL) throws {
    let labels = folder.appending(path: "labels")
    let rows = try AnswerKey.rows(of: labels.appending(path: "connections.tsv"))
    templates = Set(rows.map { $0[0] })
    connections = rows.filter { $0[1] != "-" }.map { row in
      Answer(
        pair: Pair(template: row[0], client: row[1], server: row[2]), mechanism: row[4], evidence: row[5],
        isSure: row[7] == "sure")
    }
    variants = Dictionary(
      try AnswerKey.rows(of: labels.appending(path: "variants.tsv")).map { ($0[0], $0[1]) }
    ) { first, _ in first }
    traps = try AnswerKey.rows(of: labels.appending(path: "traps.tsv")).map { row in
      Trap(
        template: row[0], service: row[1], place: row[2], value: row[3],
        isTrueConnection: row[4].hasPrefix("a true connection"))
    }
  }

  /// The lines of a table without its header.
  static func rows(of file: URL) throws -> [[String]] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
  }
}
