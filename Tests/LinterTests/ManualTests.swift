import Diagnostics
import Foundation
import Rules
import Support
import Templates
import Testing

@testable import Linter

/// Every rule's page: its example is what the rule says it is, and the documentation is what the code says.
@Suite struct ManualTests {
  @Test(arguments: examples) func theBadCaseIsFoundAndTheGoodOneIsNot(id: String, example: RuleManual.Example) throws {
    #expect(try report(example, .bad, id).contains { $0.rule == id }, "the bad case of \(id) is not found")
    let good = try report(example, .good, id).filter { $0.rule == id }
    #expect(good.isEmpty, "the good case of \(id) is found: \(good.map(\.message.text))")
  }

  /// The good case has no other fault that would be shown either.
  @Test(arguments: examples) func theGoodCaseIsClean(id: String, example: RuleManual.Example) throws {
    let found = try report(example, .good, nil).filter { $0.severity > .notice }
    #expect(found.isEmpty, "\(id): \(found.map { "\($0.rule): \($0.message.text)" })")
  }

  @Test(arguments: RuleSet.descriptions.map(\.id)) func everyManualSaysAllOfIt(id: String) throws {
    let manual = try #require(RuleSet.all.map { type(of: $0) }.first { $0.description.id == id }).manual
    for text in [manual.finds, manual.effect, manual.urgency, manual.cost, manual.falseAlarms, manual.cdk ?? "none"] {
      #expect(text.contains { !$0.isWhitespace }, "a section of \(id) is empty")
    }
    #expect(manual.sources.allSatisfy { $0.hasPrefix("https://") && !$0.contains(" ") })
    guard case .commands(let text) = manual.example else { return }
    // What no test applies must be what a page of commands shows, line by line.
    let page = Project.root.appending(path: "Tests/CommandTests/Pages/\(id).script")
    let shown = Set(try String(contentsOf: page, encoding: .utf8).split(separator: "\n").map { $0.dropFirst(2) })
    #expect(text.contains("[\(id)]"))
    #expect(text.split(separator: "\n").filter { !shown.contains($0) } == [])
  }

  @Test func pagesAreThoseOfTheCode() throws {
    let folder = Project.root.appending(path: "docs/rules")
    let review = try CorpusReview.known()
    for page in RulePage.all {
      let text = page.markdown + review.section(for: page.id)
      let difference = try Golden.difference(of: folder.appending(path: "\(page.id).md"), to: text)
      #expect(difference == nil, "\(difference ?? "")")
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
    #expect(Set(files) == Set(RulePage.all.map { "\($0.id).md" }))
    let table = Project.root.appending(path: "docs/rules.md")
    #expect(try Golden.difference(of: table, to: RuleTable.page) == nil)
  }

  static let examples: [(String, RuleManual.Example)] = RuleSet.all.compactMap { rule in
    let example = type(of: rule).manual.example
    return example.files.marked.isEmpty ? nil : (type(of: rule).description.id, example)
  }

  /// - Parameter rule: a rule to switch on, if it is off.
  private func report(
    _ example: RuleManual.Example, _ side: RuleManual.File.Side, _ rule: String?
  ) throws -> [Diagnostic] {
    let (old, marked) = example.files
    let new = Dictionary(uniqueKeysWithValues: marked.map { (Path($0.name), Array($0.text(side).utf8)) })
      .filter { $0.value.contains { $0 > UInt8(ascii: " ") } }
    let former = Dictionary(uniqueKeysWithValues: old.map { (Path($0.name), Array("\($0.text)\n".utf8)) })
    let paths = Set(new.keys).union(former.keys).sorted()
    var policy = Policy()
    if let rule, RuleSet.descriptions.contains(where: { $0.id == rule && $0.severity == nil }) {
      policy.severities = RuleSeverities([:], options: [try RuleOption("\(rule)=warning")])
    }
    let comparison = Comparison(
      scope: .init(mode: "range", base: "old", head: "new"),
      old: old.isEmpty ? nil : MemorySnapshot(files: former), new: MemorySnapshot(files: new), paths: paths)
    var run = try Run(comparison, Screen(old.isEmpty ? .everything : .change, policy: policy))
    for path in paths { run.look(at: path) }
    return try run.report(narrowedBy: PathFilter(paths: [])).diagnostics
  }
}
