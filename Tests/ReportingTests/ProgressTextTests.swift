import Reporting
import Testing

@Suite("Progress") struct ProgressTextTests {
  @Test(arguments: [
    ("reading", 80, "precede: reading …"),
    ("reading 1 of 2: a\u{1b}[2Jb\n", 80, #"precede: reading 1 of 2: a\x1b[2Jb\n …"#),
    ("日本日本日本", 16, "precede: 日本…"), ("reading", 4, "pr…"),
  ])
  func `a line never breaks, whatever a file is called`(_ step: String, _ columns: Int, _ expected: String) {
    #expect(ProgressText.line(step, columns: columns) == "\r\(expected)\u{1b}[K")
  }

  @Test func `nothing stays of it`() {
    #expect(ProgressText.line(nil, columns: nil) == "\r\u{1b}[K")
  }
}
