import Support
import Testing

@testable import Git

/// Random histories: ranges and what is staged, as `git diff --raw -z` has them.
struct RandomTreesTests {
  private static let commits = 4
  private static let ranges = (1..<commits).map { ($0, $0 + 1) } + [(1, commits), (commits, 1)]

  @Test(arguments: 1...200) func changes(seed: Int) throws {
    let history = try History(seed)
    let opened = try history.repository.opened()
    try history.expectGit(opened)
  }

  /// The git command gives the same answers, and the same files and bytes.
  @Test(arguments: 201...215) func changesByGit(seed: Int) throws {
    let history = try History(seed)
    let byGit = try history.repository.openedByGit()
    try history.expectGit(byGit)
    let opened = try history.repository.opened()
    for id in history.commits {
      let files = try opened.tree(of: id).files(under: [])
      #expect(try byGit.tree(of: id).files(under: []).map(Entry.init) == files.map(Entry.init))
      for case (_, let version) in files where version.mode.isFile {
        guard case .blob(let blob) = version.content else { continue }
        #expect(try byGit.blob(blob, limit: 100) == opened.blob(blob, limit: 100))
      }
    }
    let index = try opened.index().files(under: [])
    #expect(try byGit.index().files(under: []).map(Entry.init) == index.map(Entry.init))
    #expect(try byGit.workTreeChanges(since: byGit.head()) == opened.workTreeChanges(since: opened.head()))
    #expect(try byGit.workTreeFiles(under: []) == opened.workTreeFiles(under: []))
  }

  @Test(arguments: 301...315) func changesOfSHA256(seed: Int) throws {
    let history = try History(seed, format: "sha256")
    let opened = try history.repository.openedWithGit()
    #expect(opened.reader.contains("sha256"))
    try history.expectGit(opened)
  }

  private struct Entry: Equatable {
    let path: [UInt8]
    let version: FileVersion

    init(_ file: (path: [UInt8], version: FileVersion)) { (path, version) = file }
  }

  private struct History {
    let repository: TemporaryRepository
    let commits: [ObjectID]
    /// What git says of each range, and of the index.
    private let known: [Set<RawChange>]

    init(_ seed: Int, format: String = "sha1") throws {
      repository = try TemporaryRepository("--object-format=\(format)")
      let trees = RandomTrees(seed: seed, commits: RandomTreesTests.commits, hasSubmodules: format == "sha1")
      let diffs = RandomTreesTests.ranges.map { "t\($0.0) t\($0.1)" } + ["--cached"]
      // In the work tree lies what was there before it was staged.
      let script = """
        git fast-import --quiet --force && git reset -q --hard main && git read-tree staged
        git rev-parse \((1...RandomTreesTests.commits).map { "t\($0)" }.joined(separator: " "))
        for range in \(diffs.map { "'\($0)'" }.joined(separator: " ")); do
          printf '\\036'; git diff --raw -z --no-renames --abbrev=64 $range
        done
        """
      let outcome = try repository.run(script, input: trees.stream)
      #expect(outcome.status == 0, "\(outcome.error)")
      let parts = outcome.output.split(separator: 0x1e, omittingEmptySubsequences: false).map(Array.init)
      commits = String(decoding: parts[0], as: UTF8.self).split(separator: "\n").compactMap { ObjectID(hex: $0) }
      known = parts.dropFirst().map { RawChange.parse($0) }
      try #require(commits.count == RandomTreesTests.commits && known.count == diffs.count)
    }

    func expectGit(_ opened: Repository) throws {
      for ((old, new), changes) in zip(RandomTreesTests.ranges, known) {
        #expect(RawChange.of(try opened.changes(from: commits[old - 1], to: commits[new - 1])) == changes)
      }
      #expect(RawChange.of(try opened.stagedChanges()) == known.last)
    }
  }
}
