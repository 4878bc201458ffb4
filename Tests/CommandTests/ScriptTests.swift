import Foundation
import Support
import Testing

/// The runner of pages, tried on pages that need no program.
@Suite(.disabled(if: Golden.updates)) struct ScriptTests {
  @Test func passesWhenEveryOutputIsAsExpected() throws {
    let difference = try difference(
      """
      Files lie there before the first command, and the commands share one shell.

        $ cat infra/a.yaml
        Resources: {}
        $ cd infra; ls
        a.yaml
        $ pwd
        <tmp>/work/infra
        $ for name in one two; do
        >   echo $name
        > done
        one
        two
      -- infra/a.yaml --
      Resources: {}

      """)
    #expect(difference == nil)
  }

  @Test func tellsStatusStandardErrorAndAMissingNewline() throws {
    let difference = try difference(
      """
        $ echo wrong >&2; (exit 2)
        wrong
        [2]
        $ printf end
        end(no newline)

      """)
    #expect(difference == nil)
  }

  @Test func tellsWhatDiffers() throws {
    let difference = try difference("  $ echo a; false\n  b\n")
    #expect(difference?.hasSuffix("\n-   b\n+   a\n+   [1]") == true)
  }

  @Test func tellsCommandsThatWereNotReached() throws {
    let difference = try difference("  $ exit 3\n  $ echo a\n  a\n")
    #expect(difference?.contains("+   (not run)") == true)
  }

  @Test func givesGitAHomeAndHidesObjectIDs() throws {
    let difference = try difference(
      """
        $ git init -q && git commit -q --allow-empty -m First && git log --format='%an %cI %H'
        Ada 2026-01-02T03:04:05+00:00 <id>
        $ env | grep -c '^GIT_DIR\\|^GIT_INDEX_FILE\\|^CI='
        0
        [1]

      """)
    #expect(difference == nil)
  }

  private func difference(_ text: String) throws -> String? {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).script")
    try text.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    return try Script(page: file).difference()
  }
}
