import Diagnostics
import Foundation
import Reporting
import Testing

@Suite("JSON") struct JSONReporterTests {
  @Test func `keys without a value are null, so that the shape is stable`() throws {
    let diagnostic = Diagnostic(
      rule: "r", severity: .error, "m", at: Location(path: "a.yaml", range: .fileStart), identity: [])
    let document = try document(Sample.report([diagnostic]), Tool(version: "0.1.0"))
    let scope = try #require(document["scope"] as? [String: Any])
    #expect(scope["base"] is NSNull)
    let entry = try #require((document["diagnostics"] as? [[String: Any]])?.first)
    #expect(scope["reason"] is NSNull)
    for key in ["service", "construct", "introduced", "fix", "url"] { #expect(entry[key] is NSNull, "\(key)") }
    #expect((entry["notes"] as? [Any])?.isEmpty == true)
    #expect(
      Set(entry.keys) == [
        "rule", "severity", "status", "message", "path", "start", "end", "service", "construct", "notes",
        "introduced", "fix", "fingerprint", "url",
      ])
  }

  @Test func `an address of rules gives every diagnostic its page`() throws {
    let tool = Tool(version: "0.1.0", rulePages: "https://example.org/rules")
    let entries = try #require(try document(Sample.report, tool)["diagnostics"] as? [[String: Any]])
    #expect(entries[0]["url"] as? String == "https://example.org/rules/client-before-server.md")
  }

  @Test func `a path that is not UTF-8 has its bytes beside it`() throws {
    let document = try document(Sample.report, Tool(version: "0.1.0"))
    let entries = try #require(document["diagnostics"] as? [[String: Any]])
    #expect(entries.last?["path"] as? String == "infra/caf\u{fffd}.json")
    #expect(entries.last?["pathBytes"] as? String == Data(Sample.latin.bytes).base64EncodedString())
    #expect(entries.first?["pathBytes"] == nil)
  }

  private func document(_ report: Report, _ tool: Tool) throws -> [String: Any] {
    let text = JSONReporter(tool: tool).report(report)
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }
}
