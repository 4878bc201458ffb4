import Support
import Testing

@testable import Linter

/// Lines of one text in another.
@Suite struct LineTableTests {
  @Test func followsLinesThatAreTheSame() throws {
    let table = try LineTable(from: bytes("new\nold\na\nb\nc\n"), to: bytes("a\nother\nb\nc\n"))
    // What is not there stands where it would begin.
    #expect((1...6).map(table.line) == [1, 1, 1, 3, 4, 5])
  }

  @Test func endsWhereTheTextEnds() throws {
    #expect(try LineTable(from: bytes("a"), to: bytes("b\na")).line(for: 1) == 2)
    #expect(try LineTable(from: bytes("a\nb"), to: []).line(for: 2) == 1)
    #expect(try LineTable(from: bytes("a\nb\n"), to: bytes("a\nb")).line(for: 3) == 3)
  }

  /// Lines all alike and lines all different, which a comparison takes longest for.
  @Test func isQuickForLongTexts() throws {
    let many = (0..<60_000).map { "\($0)\n" }.joined()
    let others = (0..<60_000).map { "- \($0)\n" }.joined()
    let table = try LineTable(from: bytes("a\n" + many + "z"), to: bytes("a\n" + others + "z"))
    #expect(table.line(for: 1) == 1 && table.line(for: 60_002) == 60_002)
    let moved = try LineTable(from: bytes("x\ny\n" + many), to: bytes(many))
    #expect(moved.line(for: 30_002) == 30_000)
  }

  /// Random edits: a line that was kept keeps its text, and the order of lines stays.
  @Test(arguments: 1...40) func keepsTextAndOrder(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let old = (0..<Int.random(in: 1...40, using: &random)).map { "\($0)" }
    let new = old.flatMap { line -> [String] in
      switch Int.random(in: 0...5, using: &random) {
      case 0: []
      case 1: [line, "new"]
      default: [line]
      }
    }
    let table = try LineTable(from: bytes(old.joined(separator: "\n")), to: bytes(new.joined(separator: "\n")))
    for (index, line) in old.enumerated() where new.contains(line) {
      #expect(new[table.line(for: index + 1) - 1] == line)
    }
    let lines = old.indices.map { table.line(for: $0 + 1) }
    #expect(lines == lines.sorted())
  }

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
}
