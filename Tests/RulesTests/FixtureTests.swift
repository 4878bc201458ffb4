import Linter
import Reporting
import Rules
import Support
import Testing

/// Every fixture of a rule says exactly what stands beside it, or nothing. Other rules speak too where they must.
@Suite struct FixtureTests {
  @Test(arguments: try Golden.cases(under: Project.fixtures.appending(path: "rules")))
  func text(fixture: Golden) throws {
    let root = Project.root.path(percentEncoded: false)
    let path = fixture.input.path(percentEncoded: false).dropFirst(root.count)
    let linter = Linter(directory: root, environment: [:])
    // A rule that is off is switched on for its own folder.
    let rule = fixture.input.deletingLastPathComponent().lastPathComponent
    var settings = Settings()
    let isOff = RuleSet.descriptions.contains { $0.id == rule && $0.severity == nil }
    settings.rules = isOff ? ["\(rule)=notice"] : []
    let report = try linter.check(.all(revision: nil), paths: [String(path)], settings: settings).report
    let text = ReportFormat.text.reporter(for: Tool(version: "0")).report(report)
    let difference = try fixture.difference(to: text)
    #expect(difference == nil, "\(difference ?? "")")
  }
}
