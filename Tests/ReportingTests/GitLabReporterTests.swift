import Diagnostics
import Foundation
import Testing

@testable import Reporting

@Suite("GitLab") struct GitLabReporterTests {
  @Test func `a clean report is an empty array`() {
    #expect(GitLabReporter().report(Sample.report([])) == "[]\n")
  }

  @Test func `fingerprints never repeat`() throws {
    let same = (0..<3).map { _ in diagnostic(at: "a.yaml") }
    var report = Sample.report([])
    report.diagnostics = same.map { diagnostic in
      var diagnostic = diagnostic
      diagnostic.fingerprint = "0123456789abcdef0123456789abcdef"
      return diagnostic
    }
    let fingerprints = try entries(of: report).compactMap { $0["fingerprint"] as? String }
    #expect(
      fingerprints == [
        "0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef00000001",
        "0123456789abcdef0123456789abcdef00000002",
      ])
  }

  @Test(arguments: [
    ("a.yaml", "a.yaml"), ("./a.yaml", "a.yaml"), (".//./a.yaml", "a.yaml"), ("/tmp/a.yaml", "tmp/a.yaml"),
    (".github/a.yaml", ".github/a.yaml"), ("../a.yaml", "../a.yaml"),
  ])
  func `paths are relative`(_ path: String, _ expected: String) throws {
    let location =
      try entries(of: Sample.report([diagnostic(at: Path(path))]))[0]["location"] as? [String: Any]
    #expect(location?["path"] as? String == expected)
  }

  private func diagnostic(at path: Path) -> Diagnostic {
    Diagnostic(rule: "r", severity: .error, "m", at: Location(path: path, range: .fileStart), identity: [])
  }

  private func entries(of report: Report) throws -> [[String: Any]] {
    let json = try JSONSerialization.jsonObject(with: Data(GitLabReporter().report(report).utf8))
    return try #require(json as? [[String: Any]])
  }
}
