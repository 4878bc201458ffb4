import Foundation
import Support
import Testing

@testable import Git

/// The lines in which two texts differ are those that `git diff` shows.
@Suite struct PatchTests {
  @Test(arguments: 1...60) func hunksAreThoseOfGit(seed: Int) throws {
    var random = RandomNumbers(seed: seed)
    let repository = try TemporaryRepository()
    let old = text(of: (0..<Int.random(in: 0...60, using: &random)).map { _ in line(&random) }, &random)
    let kept = old.split(separator: "\n").flatMap { kept -> [String] in
      switch Int.random(in: 0...9, using: &random) {
      case 0: []
      case 1: [line(&random)]
      case 2: [String(kept), line(&random), line(&random)]
      default: [String(kept)]
      }
    }
    let new = text(of: kept, &random)
    try repository.write("old", old)
    try repository.write("new", new)
    let shown = try repository.run("git diff --no-index -U0 old new").text
    let expected = shown.split(separator: "\n").compactMap { line -> [Range<Int>]? in
      guard let match = line.wholeMatch(of: /@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@.*/) else { return nil }
      return [lines(match.1, match.2), lines(match.3, match.4)]
    }
    let found = try Patch.hunks(from: Array(old.utf8), to: Array(new.utf8))
    #expect(found.map { [$0.old, $0.new] } == expected)
  }

  /// Few different lines, with the indentation and the blanks of YAML, so that there are several ways to tell what changed.
  private func line(_ random: inout RandomNumbers) -> String {
    ["", "a:", "  b: 1", "  b: 2", "  c:", "    - d", "    - e"].randomElement(using: &random) ?? ""
  }

  private func text(of lines: [String], _ random: inout RandomNumbers) -> String {
    lines.joined(separator: "\n") + (lines.isEmpty || Bool.random(using: &random) ? "" : "\n")
  }

  /// As git writes lines: the first from 1, or the one before where there is none, then how many.
  private func lines(_ start: Substring, _ count: Substring?) -> Range<Int> {
    let number = count.flatMap { Int($0) } ?? 1
    let first = (Int(start) ?? 0) - (number == 0 ? 0 : 1)
    return first..<first + number
  }
}
