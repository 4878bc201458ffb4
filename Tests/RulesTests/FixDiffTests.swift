import Diagnostics
import Templates
import Testing

@testable import Reporting

/// The lines that a report shows of a fix are those by which the mended file differs, in every fixture and every public
/// template.
@Suite struct FixDiffTests {
  @Test(arguments: Specimen.all) func linesMakeTheMendedFile(specimen: Specimen) throws {
    for diagnostic in try specimen.report().diagnostics {
      guard let fix = diagnostic.fix, !fix.edits.isEmpty, let diff = FixDiff(fix) else { continue }
      let text = SourceText(specimen.bytes)
      var lines = try #require(text.bytes(after: [])).lines
      // From the bottom up, numbers of the file before are still right; those of the file after are from the top down.
      for line in diff.lines.reversed() where line.kind == .removed {
        #expect(lines.remove(at: line.number - 1) == line.place.line)
      }
      for line in diff.lines where line.kind == .added { lines.insert(line.place.line ?? "", at: line.number - 1) }
      #expect(lines == (try #require(text.bytes(after: fix.edits))).lines)
    }
  }

  /// Nearly every fix with edits is shown so; not that of a template in one line.
  @Test func fixesAreShown() throws {
    let fixes = try Specimen.all.flatMap { try $0.report().diagnostics }.compactMap(\.fix).filter { !$0.edits.isEmpty }
    #expect(fixes.count > 50)
    #expect(fixes.count { FixDiff($0) == nil } * 20 < fixes.count)
  }

  @Test func editsBelowOthersHaveTheNumbersOfTheMendedFile() throws {
    let lines = ["a: 1", "b: [x]", "c: 3"]
    let edits = [
      Fix.Edit(path: "t", range: range(1, 1), text: "# new\r\n# lines\r\n", line: lines[0]),
      Fix.Edit(path: "t", range: range(2, 6), text: ", y", line: lines[1]),
      Fix.Edit(path: "t", range: range(3, 5), text: "\nd: 4", line: lines[2]),
    ]
    let diff = try #require(FixDiff(Fix(summary: "", edits: edits.reversed())))
    #expect(
      diff.lines.map { "\($0.number)\($0.kind.rawValue) \($0.place.line ?? "")" } == [
        "1+ # new", "2+ # lines", "2- b: [x]", "4+ b: [x, y]", "6+ d: 4",
      ])
  }

  @Test func whatCannotBeShownIsNot() {
    let edit = Fix.Edit(path: "t", range: range(1, 1), text: "x", line: "y")
    var other = edit
    other.path = "u"
    var long = edit
    long.line = nil
    for edits in [[], [edit, other], [edit, edit], [long]] { #expect(FixDiff(Fix(summary: "", edits: edits)) == nil) }
  }

  private func range(_ line: Int, _ column: Int) -> SourceRange {
    let position = SourcePosition(line: line, column: column)
    return SourceRange(start: position, end: position)
  }
}

extension [UInt8] {
  fileprivate var lines: [String] {
    split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }
  }
}
