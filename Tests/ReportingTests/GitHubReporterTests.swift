import Diagnostics
import Testing

@testable import Reporting

@Suite("GitHub") struct GitHubReporterTests {
  @Test func `beyond ten of a level are plain lines, and a notice says so`() {
    let lines = lines(errors: 12, warnings: 11, notices: 1)
    #expect(lines.count == 12 + 11 + 1 + 1)
    #expect(lines[0..<10].allSatisfy { $0.hasPrefix("::error file=a.yaml,line=") })
    #expect(lines[10..<20].allSatisfy { $0.hasPrefix("::warning file=a.yaml,line=") })
    #expect(lines[20].hasPrefix("::notice file=a.yaml,line="))
    #expect(lines[21] == "a.yaml:11:1: error: m [r]")
    #expect(lines[23] == "a.yaml:11:1: warning: m [r]")
    #expect(
      lines[24]
        == "::notice title=precede::2 more errors, 1 more warning in the log of this step: GitHub shows 10 of a level"
    )
  }

  @Test func `where notices are used up, the last line is plain`() {
    let lines = lines(errors: 11, warnings: 0, notices: 10)
    #expect(lines.count == 22)
    #expect(lines[21] == "precede: 1 more error in the log of this step: GitHub shows 10 of a level")
  }

  @Test func `exactly ten need no last line`() {
    #expect(lines(errors: 10, warnings: 10, notices: 10).count == 30)
  }

  @Test(arguments: [
    (3, 5, 3, 9, "line=3,endLine=3,col=5,endColumn=9"),
    (3, 5, 3, 5, "line=3,endLine=3,col=5"),
    (3, 5, 7, 2, "line=3,endLine=7"),
    (3, 5, 4, 1, "line=3,endLine=3,col=5"),
    (3, 1, 6, 1, "line=3,endLine=5"),
  ])
  func `columns are given on a single line only`(
    _ line: Int, _ column: Int, _ endLine: Int, _ endColumn: Int, _ expected: String
  ) {
    let range = SourceRange(
      start: .init(line: line, column: column), end: .init(line: endLine, column: endColumn))
    let diagnostic = Diagnostic(
      rule: "r", severity: .error, "m", at: Location(path: "a.yaml", range: range), identity: [])
    #expect(
      GitHubReporter().report(Sample.report([diagnostic])) == "::error file=a.yaml,\(expected),title=r::m\n")
  }

  @Test func `a long message loses its last notes first and keeps the fix`() {
    var diagnostic = Sample.clientBeforeServer
    diagnostic.notes = (1...100).map { number in
      .init("note \(number) 👩 \(String(repeating: "x", count: 80))", at: diagnostic.location)
    }
    let message = GitHubMessage(diagnostic).description
    #expect(message.utf16.count <= 4096 && message.utf16.count > 3900)
    #expect(message.contains("note 30 ") && !message.contains("note 90 "))
    #expect(message.hasSuffix("x\n…\nfix: add MySql to DependsOn of WordPress: `DependsOn: [MySql]`"))
  }

  @Test(arguments: ["x", "👩", "\u{301}", "\u{1b}"]) func `no message is longer than GitHub takes`(
    _ unit: String
  ) {
    var diagnostic = Sample.clientBeforeServer
    for length in [4000, 4090, 4095, 4096, 4097, 9000] {
      diagnostic.message.text = String(repeating: unit, count: length)
      diagnostic.fix = Fix(summary: String(repeating: unit, count: length))
      #expect(GitHubMessage(diagnostic).description.utf16.count <= 4096)
    }
  }

  private func lines(errors: Int, warnings: Int, notices: Int) -> [Substring] {
    let counts: [(Severity, Int)] = [(.notice, notices), (.warning, warnings), (.error, errors)]
    let diagnostics = counts.flatMap { severity, count in
      (0..<count).map { index in
        Diagnostic(
          rule: "r", severity: severity, "m", at: Sample.location(index + 1, 1, to: 2, in: "a.yaml"),
          identity: [])
      }
    }
    return GitHubReporter().report(Sample.report(diagnostics)).split(separator: "\n")
  }
}
