import Diagnostics
import Testing

@testable import Linter

/// The file of known diagnostics.
@Suite struct BaselineTests {
  @Test func whatIsWrittenIsRead() throws {
    var baseline = Baseline()
    baseline.add([diagnostic("b", "z \"quoted\"\u{1}.yaml"), diagnostic("a", "a.yaml"), diagnostic("a", "a.yaml")])
    let read = try Baseline(Array(baseline.text.utf8), path: "known.json")
    #expect(read.text == baseline.text)
    #expect(read.fingerprints == ["a", "b"])
    #expect(
      baseline.text == """
        {
          "version": 1,
          "diagnostics": [
            {"fingerprint": "a", "rule": "r", "path": "a.yaml", "service": "S"},
            {"fingerprint": "b", "rule": "r", "path": "z \\"quoted\\"\\u0001.yaml", "service": "S"}
          ]
        }

        """)
    #expect(Baseline().text == "{\n  \"version\": 1,\n  \"diagnostics\": []\n}\n")
  }

  @Test(arguments: [
    ("[]", "known.json:1:1: it is no baseline: there is no 'version'"),
    ("{\"version\": 2}", "known.json:1:13: version 2 is not known; this program writes 1"),
    ("{\"version\": 1}", "known.json:1:1: 'diagnostics' must be a list"),
    ("{\"version\": 1,\n \"diagnostics\": {}}", "known.json:2:17: 'diagnostics' must be a list"),
    ("{\"version\": 1, \"diagnostics\": [{}]}", "known.json:1:32: an entry needs its 'fingerprint'"),
  ])
  func nonsenseHasItsPlace(text: String, reason: String) {
    let error = #expect(throws: RunError.self) { try Baseline(Array(text.utf8), path: "known.json") }
    #expect(error?.operation == "read the baseline")
    #expect(error?.reason == reason)
  }

  private func diagnostic(_ fingerprint: String, _ path: Path) -> Diagnostic {
    var diagnostic = Diagnostic(
      rule: "r", severity: .error, "", at: Location(path: path, range: .fileStart), service: "S", identity: [])
    diagnostic.fingerprint = fingerprint
    return diagnostic
  }
}
