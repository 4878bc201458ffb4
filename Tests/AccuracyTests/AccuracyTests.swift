import Foundation
import Support
import Testing

/// How well connections are found in real templates with an answer key. Left out where the corpus is not beside this
/// clone; `PRECEDE_SHARED` names its folder. The table is docs/accuracy.md.
@Suite(
  .enabled(if: AnswerKey.folder != nil, "no labelled templates beside this clone; PRECEDE_SHARED names their folder"))
struct AccuracyTests {
  private let key: AnswerKey
  private let finding: Finding

  /// One run over the corpus is enough for all tests.
  private static let shared = Result {
    let folder = try #require(AnswerKey.folder)
    return (key: try AnswerKey(in: folder), finding: try Finding(in: folder))
  }

  init() throws { (key, finding) = try Self.shared.get() }

  @Test func connectionsOfServiceConnect() {
    let score = Score("Service Connect", of: key, finding, by: "service-connect")
    #expect(score.precision >= 0.98, "\(score.wrong)")
    #expect(score.recall >= 0.95, "\(score.wanted.subtracting(score.found))")
  }

  @Test func connectionsOfEveryMechanism() {
    let score = Score("all", of: key, finding)
    #expect(score.precision >= 0.95, "\(score.wrong)")
    #expect(score.recall >= 0.90, "\(score.wanted.subtracting(score.found))")
  }

  @Test func noTrapIsTaken() {
    let taken = key.taken(by: finding)
    #expect(taken.isEmpty, "\(taken)")
  }

  /// Rules about order speak of Service Connect alone.
  @Test func rulesSpeakOfServiceConnectAlone() {
    let clients = Set(
      key.connections.filter { $0.mechanism == "service-connect" }.map { [$0.pair.template, $0.pair.client] })
    let wrong = finding.ordered.filter { template, client in
      !clients.contains([key.variants[template] ?? template, client])
    }
    #expect(wrong.isEmpty, "\(wrong)")
  }

  /// Spelled otherwise, the same templates have the same connections.
  @Test func variantsHaveTheSameConnections() {
    #expect(differing.isEmpty, "\(differing)")
  }

  private var differing: [String] {
    key.variants.filter { variant, labelled in ends(in: variant) != ends(in: labelled) }.keys.sorted()
  }

  @Test func theTableIsUpToDate() throws {
    let mechanisms = ["service-connect", "cloud-map", "load-balancer", "other"]
    let scores = mechanisms.map { Score("`\($0)`", of: key, finding, by: $0) } + [Score("all", of: key, finding)]
    let traps = key.traps.filter { !$0.isTrueConnection }
    let clients = Set(key.connections.map(\.pair.template))
    let text = """
      # Accuracy

      How well Precede finds who connects to whom, measured on \(key.templates.count) real and synthesised templates that people have labelled;
      \(key.templates.count - clients.count) of them have no connection at all. `Tests/AccuracyTests` writes this page with `UPDATE_GOLDEN=1`. It fails when a run says
      something else, and when precision or recall falls below 0.98 or 0.95 for Service Connect, 0.95 or 0.90 over all.

      *Labelled* are connections that people are sure of and that a template shows; *wrong* are pairs that are found and are
      none. A pair that nothing in a template shows cannot be found, and is left out.

      | mechanism | labelled | of these found | found | wrong | precision | recall |
      |---|---|---|---|---|---|---|
      \(scores.map(\.row).joined(separator: "\n"))

      - \(traps.count) values look like a connection and are none, \(traps.count { $0.place.hasPrefix("environment") }) of them environment variables. Taken for one: \(key.taken(by: finding).count).
      - \(key.variants.count) more templates have the same connections as a labelled one, spelled otherwise. Different there: \(differing.count).

      ## What the numbers do not say

      - All pairs by Service Connect are of small apps made for the purpose. Most pairs by other mechanisms come from few
        authors. The numbers say that hosts are found and that other mechanisms stay apart; they say little about rates in
        the field.
      - Hosts that an image or a program holds are in no template. Declare such connections.

      """
    let difference = try Golden.difference(of: Project.root.appending(path: "docs/accuracy.md"), to: text)
    #expect(difference == nil, "\(difference ?? "")")
  }

  /// The connections of a template by logical IDs.
  private func ends(in template: String) -> Set<[String]> {
    Set(
      finding.pairs(of: [template]).map { pair in
        [pair.client, pair.server.split(separator: "#").last.map(String.init) ?? pair.server]
      })
  }
}
