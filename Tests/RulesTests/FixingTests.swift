import Diagnostics
import Foundation
import Rules
import Support
import Templates
import Testing

@testable import Linter

/// `fix` takes its findings away and adds lines, nothing else: on every fixture, and on public templates of which a
/// dependency was taken out. Git takes the patches.
@Suite struct FixingTests {
  @Test func fixturesBecomeClean() throws {
    let fixtures = Specimen.all.filter { !$0.isPublic }
    let mended = try fixtures.compactMap { try mend($0.bytes) }
    #expect(mended.count > 30)
    for outcome in mended { expectNothingLeft(outcome) }
    try expectOnlyNewLines(mended)
  }

  @Test func changesBecomeClean() throws {
    let folder = Project.fixtures.appending(path: "changes")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
    let mended = try names.compactMap { name -> FixOutcome? in
      let sides = ["old", "new"].map { try? Data(contentsOf: folder.appending(path: "\(name)/\($0).yaml")) }
      guard let old = sides[0], let new = sides[1] else { return nil }
      return try mend(Array(new), since: Array(old))
    }
    #expect(Set(mended.flatMap(\.fixed).map(\.rule)).isSuperset(of: ["order-dropped", "client-not-redeployed"]))
    for outcome in mended { expectNothingLeft(outcome) }
    try expectOnlyNewLines(mended)
  }

  /// Of each public template one service, and of that its first dependency list.
  @Test func whatWasTakenOutComesBack() throws {
    var mended: [FixOutcome] = []
    for specimen in Specimen.all where specimen.isPublic && mended.count < 100 {
      guard let bytes = specimen.withoutDependency, let outcome = try mend(bytes) else { continue }
      expectNothingLeft(outcome)
      mended.append(outcome)
    }
    if Project.shared != nil { #expect(mended.count == 100) }
    try expectOnlyNewLines(mended)
  }

  /// Mends a template with every rule switched on; `nil` where there is nothing to mend.
  private func mend(_ bytes: [UInt8], since old: [UInt8]? = nil) throws -> FixOutcome? {
    let path: Path = "template.yaml"
    let comparison = Comparison(
      scope: .init(mode: old == nil ? "all" : "range", base: old.map { _ in "old" }, head: "WORKTREE"),
      old: old.map { MemorySnapshot(files: [path: $0]) }, new: MemorySnapshot(files: [path: bytes]), paths: [path])
    var policy = Policy()
    let off = RuleSet.descriptions.filter { $0.severity == nil }
    policy.severities = RuleSeverities([:], options: try off.map { try RuleOption("\($0.id)=warning") })
    var fixing = Fixing(comparison) { [policy] comparison in
      var run = try Run(comparison, Screen(old == nil ? .everything : .change, policy: policy))
      for path in comparison.paths { run.look(at: path) }
      return try run.outcome(narrowedBy: PathFilter(paths: []))
    } obstacle: { _, _ in
      nil
    }
    let outcome = try fixing.result()
    let isFixable = outcome.left.report.shown.contains { !($0.fix?.edits ?? []).isEmpty }
    return outcome.fixed.isEmpty && !isFixable ? nil : outcome
  }

  private func expectNothingLeft(_ outcome: FixOutcome) {
    let left = outcome.left.report.shown.filter { !($0.fix?.edits ?? []).isEmpty }
    let reasons = left.map { "\($0.rule): \($0.fix?.summary ?? "")" }
    #expect(reasons == [])
  }

  /// Compares both sides with the real git, which takes the patches too.
  private func expectOnlyNewLines(_ outcomes: [FixOutcome]) throws {
    let repository = try TemporaryRepository()
    let outcomes = outcomes.filter { !$0.files.isEmpty }
    let files = outcomes.flatMap(\.files)
    let name = { (index: Int) in "templates/\(index).yaml" }
    for (index, file) in files.enumerated() { try repository.write(name(index), file.before) }
    try repository.commit("Before")
    for (index, file) in files.enumerated() { try repository.write(name(index), file.after) }
    for line in try repository.git("diff", "--numstat").split(separator: "\n") {
      let counts = line.split(separator: "\t").prefix(2).compactMap { Int($0) }
      try #require(counts.count == 2, "\(line)")
      // A line that changes is one with a list in it.
      if counts[1] > 0 { #expect(try isListAlone(line.split(separator: "\t")[2], repository), "\(line)") }
    }
    try repository.git("checkout", "-q", ".")
    let patch = try outcomes.enumerated().map { index, outcome in
      try outcome.patch().replacing("a/template.yaml", with: "a/\(name(index))")
        .replacing("b/template.yaml", with: "b/\(name(index))")
    }
    let applied = try repository.run("git apply -", input: Array(patch.joined().utf8))
    #expect(applied.status == 0, "\(applied.error)")
    for (index, file) in files.enumerated() {
      let bytes = try Data(contentsOf: URL(filePath: "\(repository.path)/\(name(index))"))
      #expect(bytes == Data(file.after), "\(name(index))")
    }
  }
}

extension FixingTests {
  /// Whether all lines of a file that change are a dependency list before and after.
  private func isListAlone(_ path: Substring, _ repository: TemporaryRepository) throws -> Bool {
    let removed = try repository.git("diff", "-U0", "--", String(path)).split(separator: "\n")
      .filter { $0.hasPrefix("-") && !$0.hasPrefix("---") }
    return removed.allSatisfy { $0.contains("DependsOn") || $0.contains("[") }
  }
}

extension Specimen {
  /// The template without the lines of a service's `DependsOn`, if it stands in lines of its own.
  fileprivate var withoutDependency: [UInt8]? {
    guard let document = try? Document.read(bytes, named: "t.yaml"), Template.isTemplate(document) else { return nil }
    for (_, body) in Array(document.root["Resources"]?.entries ?? document.root.entries) {
      guard body["Type"]?.isScalar("AWS::ECS::Service") ?? false else { continue }
      guard let (key, value) = body.entries.first(where: { $0.key.isScalar("DependsOn") }) else { continue }
      let lineFeed = UInt8(ascii: "\n")
      let start = (bytes[..<key.range.lowerBound].lastIndex(of: lineFeed) ?? -1) + 1
      let end = (bytes[value.range.upperBound...].firstIndex(of: lineFeed) ?? bytes.count - 1) + 1
      guard bytes[start..<key.range.lowerBound].allSatisfy({ $0 == UInt8(ascii: " ") }), start < end else { continue }
      let rest = Array(bytes[..<start] + bytes[end...])
      if (try? Document.read(rest, named: "t.yaml")) != nil { return rest }
    }
    return nil
  }
}
