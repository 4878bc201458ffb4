import Support
import Testing

@testable import Git

/// git tidies up while the repository is read: whatever is read is right.
struct ConcurrencyTests {
  @Test(.timeLimit(.minutes(3))) func garbageCollection() throws {
    let repository = try TemporaryRepository()
    for number in 1...8 {
      for file in 1...12 { try repository.write("\(file % 3)/\(file).yaml", "n: \(number * (file % number + 1))\n") }
      try repository.commit("\(number)")
    }
    try repository.write("1/1.yaml", "n: 0\n")
    try repository.git("add", ".")
    let range = try repository.rawDiff("HEAD~7", "HEAD")
    let staged = try repository.rawDiff("--cached")
    let first = try Reading(repository.opened())
    #expect(first.range == range && first.staged == staged && first.files.count == 12)
    // Each round makes other packs, and deletes those that a reader may hold open.
    try repository.run(
      """
      # Not longer than the tests themselves live.
      (while [ -d .git ] && [ ! -f ../stop ] && kill -0 $PPID; do
        n=$((n + 1))
        git update-ref refs/heads/other $(git commit-tree -m $n HEAD^{tree}); git gc -q --prune=now
        git update-ref refs/heads/other $(git commit-tree -m $n.5 HEAD^{tree}); git repack -adfq; git multi-pack-index write; git pack-refs --all; echo $n > ../rounds
      done) > /dev/null 2>&1 &
      """)
    defer { try? repository.write("../stop", "") }
    let kept = try repository.opened()
    for _ in 1...200 {
      #expect(try Reading(repository.opened()) == first)
      #expect(try Reading(kept) == first)
    }
    let rounds = try repository.run("cat ../rounds").text.split(separator: "\n").first.flatMap { Int($0) }
    #expect(rounds ?? 0 > 1)
  }

  /// All that a run may read.
  private struct Reading: Equatable {
    let range: Set<RawChange>
    let staged: Set<RawChange>
    let files: [[UInt8]: Blob]

    init(_ opened: Repository) throws {
      guard case .twoDot(let old, let new) = try opened.resolve("HEAD~7..HEAD") else { throw Unexpected() }
      range = RawChange.of(try opened.changes(from: old, to: new))
      staged = RawChange.of(try opened.stagedChanges())
      var files: [[UInt8]: Blob] = [:]
      for (path, version) in try opened.tree(of: new).files(under: []) {
        guard case .blob(let id) = version.content else { throw Unexpected() }
        files[path] = try opened.blob(id, limit: 100)
      }
      self.files = files
    }

    struct Unexpected: Error {}
  }
}
