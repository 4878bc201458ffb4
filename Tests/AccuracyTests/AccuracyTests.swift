import Foundation
import Support
import Testing

/// How well connections are found in real templates with an answer key. Left out where the corpus is not beside this
/// clone; `PRECEDE_SHARED` names its folder. The table is docs/accuracy.md.
@Suite(
  .enabled(if: AnswerKey.folder != nil, "no labelled templates beside this clone; PRECEDE_SHARED names their folder"))
struct AccuracyTests {
  private let key: AnswerKey
  private let needKey: NeedKey
  private let finding: Finding

  /// One run over the corpus is enough for all tests.
  private static let shared = Result {
    let folder = try #require(AnswerKey.folder)
    return (key: try AnswerKey(in: folder), needKey: try NeedKey(in: folder), finding: try Finding(in: folder))
  }

  init() throws { (key, needKey, finding) = try Self.shared.get() }

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

  @Test func needsOfServices() {
    let score = NeedScore("all", of: needKey, finding)
    #expect(score.precision >= 0.97, "\(score.wrong)")
    #expect(score.recall >= 0.90, "\(score.missed)")
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
    let needScores = finding.needKinds.map { NeedScore("`\($0)`", of: needKey, finding, need: $0) }
    let needRows = needKey.rows.filter { finding.needKinds.contains($0.need) }
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

      ## What services need

      How well the rules know what a service must wait for before it starts, all of them switched on, those that are off by
      themselves too: \(needRows.count) verdicts on \(Set(needRows.map { [$0.template, $0.service] }).count) services of \(Set(needRows.map(\.template)).count) templates. A verdict says of one resource that gives a service something it
      needs whether the service waits for it. It *wants* a finding where the service does not, unless its note says that
      another resource does instead or that nothing has to be there first. A finding may name several resources; it is right
      where one of them wants it and none is awaited or excused. The test fails below a precision of 0.97 or a recall of
      0.90 over all.

      | need | wanted | of these found | findings | wrong | precision | recall |
      |---|---|---|---|---|---|---|
      \((needScores + [NeedScore("all", of: needKey, finding)]).map(\.row).joined(separator: "\n"))

      - The rules were written with these verdicts at hand, so the numbers say that they do what people meant, and not how they
        fare on templates that nobody has looked at.
      - Resources of which the key says nothing count neither way where a finding names another one beside them: the key has
        no verdicts on associations of subnets with route tables.
      - Missed are, among others, a service whose condition never holds and a file whose name Precede does not take for a
        template's.

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
