import Diagnostics
import Foundation
import Linter
import Rules
import Support
import Testing

/// Every rule over every public template: nothing new is found, nothing known is lost, and somebody has read all of it.
@Suite(
  .enabled(if: AnswerKey.folder != nil, "no public templates beside this clone; PRECEDE_SHARED names their folder"))
struct CorpusTests {
  @Test func nothingIsFoundThatNobodyHasRead() throws {
    let folder = try #require(AnswerKey.folder)
    let known = try CorpusReview.known()
    var found = try CorpusReview(of: folder)
    let verdicts = Dictionary(uniqueKeysWithValues: known.findings.map { ($0.key, $0.verdict) })
    for index in found.findings.indices {
      found.findings[index].verdict = verdicts[found.findings[index].key] ?? "unread"
    }
    let difference = try Golden.difference(of: CorpusReview.file, to: found.text)
    #expect(difference == nil, "\(difference ?? "")")
    let open = found.findings.filter { !["right", "unsure"].contains($0.verdict.prefix { $0 != ":" }) }.map(\.key)
    #expect(open.isEmpty, "\(open.count) findings are wrong or unread, the first: \(open.first ?? [])")
  }

  /// With the severities that rules have by themselves, an app of the CDK shows its faults and at most two warnings more.
  @Test func plainAppsAreNotDrowned() throws {
    let folder = try #require(AnswerKey.folder)
    let found = try CorpusReview.diagnostics(in: folder, switchedOn: [])
    let needs = Set(RuleSet.descriptions.filter { $0.group == .startup }.map(\.id))
    let warnings = found.filter { template, diagnostic in
      template.hasPrefix("cdk-synth/") && diagnostic.severity == .warning && needs.contains(diagnostic.rule)
    }
    let apps = Dictionary(grouping: warnings) { $0.template.split(separator: "/").prefix(2).joined(separator: "/") }
    for (app, warnings) in apps {
      #expect(warnings.count <= 2, "\(app): \(warnings.map { $0.diagnostic.message.text })")
    }
  }
}

extension CorpusReview {
  /// What is found with every rule on, nothing read yet.
  fileprivate init(of folder: URL) throws {
    let off = RuleSet.descriptions.filter { $0.severity == nil }.map(\.id)
    var seen: [String: Int] = [:]
    self.init(
      findings: try CorpusReview.diagnostics(in: folder, switchedOn: off).map { template, diagnostic in
        let line = diagnostic.location.range.start.line
        let key = "\(template):\(line) \(diagnostic.rule)"
        seen[key, default: 0] += 1
        return Finding(
          template: template, line: line, rule: diagnostic.rule, number: seen[key] ?? 1, verdict: "unread")
      })
  }

  fileprivate static func diagnostics(
    in folder: URL, switchedOn rules: [String]
  ) throws -> [(template: String, diagnostic: Diagnostic)] {
    var settings = Settings()
    settings.rules = rules.map { "\($0)=notice" }
    let linter = Linter(directory: folder.path(percentEncoded: false), environment: [:])
    return try linter.check(.all(revision: nil), paths: ["."], settings: settings).report.diagnostics.map {
      (template(of: $0.location.path, in: folder), $0)
    }
  }

  /// Inside of a repository paths count from its top.
  private static func template(of path: Path, in folder: URL) -> String {
    let text = path.description
    return text.range(of: "/\(folder.lastPathComponent)/").map { String(text[$0.upperBound...]) }
      ?? text.replacing("\(folder.lastPathComponent)/", with: "", maxReplacements: 1)
  }
}
