import Diagnostics
import Rules
import Testing

@testable import Linter

/// How rules get the severities that the user sets.
@Suite struct RuleSeveritiesTests {
  /// A rule whose highest severity is `error`: what it found, what is set, what comes of it.
  @Test(arguments: [
    (Severity.error, "error", Severity.error), (.error, "warning", .warning), (.error, "notice", .notice),
    (.warning, "error", .warning), (.warning, "warning", .warning), (.warning, "notice", .notice),
  ])
  func theHighestIsSet(found: Severity, level: String, expected: Severity) throws {
    #expect(try severity("client-before-server", found, ["client-before-server=\(level)"]) == expected)
  }

  @Test func aSeverityMayRise() throws {
    #expect(try severity("implicit-order", .notice, ["implicit-order=error"]) == .error)
  }

  @Test(arguments: [
    (["order=notice", "client-before-server=warning"], Severity.warning),
    (["client-before-server=warning", "order=notice"], .notice),
    (["template=notice"], .error),
  ])
  func theLastOptionCounts(options: [String], expected: Severity) throws {
    #expect(try severity("client-before-server", .error, options) == expected)
  }

  @Test func rulesAreTurnedOffAndOn() throws {
    let rule = try #require(RuleSet.descriptions.first { $0.id == "client-before-server" })
    #expect(RuleSeverities([:]).isOn(rule))
    #expect(!RuleSeverities(["order": .off]).isOn(rule))
    #expect(RuleSeverities(["order": .off, rule.id: .notice]).isOn(rule))
    #expect(RuleSeverities(["order": .off], options: [try RuleOption("order=notice")]).isOn(rule))
    let quiet = RuleDescription(id: rule.id, severity: nil, group: .order, summary: "")
    #expect(!RuleSeverities([:]).isOn(quiet))
    #expect(RuleSeverities([rule.id: .notice]).isOn(quiet))
  }

  @Test(arguments: ["order", "order=", "=off", "order=none", "client=off"])
  func nonsenseIsAnError(option: String) {
    #expect(throws: RunError.self) { try RuleOption(option) }
  }

  private func severity(_ rule: String, _ found: Severity, _ options: [String]) throws -> Severity {
    var diagnostic = Diagnostic(
      rule: rule, severity: found, "", at: Location(path: "a.yaml", range: .fileStart), identity: [])
    RuleSeverities([:], options: try options.map { try RuleOption($0) }).apply(to: &diagnostic)
    return diagnostic.severity
  }
}
