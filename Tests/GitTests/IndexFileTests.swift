import Support
import Testing

@testable import Git

/// The index as it lies in its file: the entries that libgit2 finds, and what git says is staged.
struct IndexFileTests {
  /// Staging of every kind, between commands that make the trees in the index whole, old or partly old.
  @Test(arguments: 1...40) func staged(seed: Int) throws {
    var random = RandomNumbers(seed: seed)
    let repository = try TemporaryRepository()
    try repository.run(Self.edits(12, &random) + "\ngit add -A; git commit -q --allow-empty -m 1")
    for number in 1...6 {
      let script = Self.edits(2, &random) + "\n" + Self.staging.randomElement(using: &random)!
      try repository.run(script + "\ntrue")
      let opened = try repository.opened()
      let index = try #require(try IndexFile(repository.path + "/.git/index"))
      try expectSame(index, try opened.index(), in: opened)
      guard !index.hasConflicts else {
        try repository.run("git reset -q --hard")
        continue
      }
      let deltas = try deltas(of: index, in: opened).filter {
        index.entry(at: $0.path, stage: 0)?.isIntendedToAdd != true
      }
      let changes = deltas.map { ChangedFile(path: $0.path, old: $0.old, new: $0.new) }
      #expect(RawChange.of(changes) == (try repository.rawDiff("--cached")), "step \(number)")
    }
  }

  private static let staging = [
    "git add -A", "git add -A; git write-tree", "git add b.yaml d; git commit -q --allow-empty -m 2",
    "git add -N .", "git rm -rq --cached a d", "git read-tree HEAD", "git add -A; git read-tree HEAD; git add d",
    "git add -A; git update-index --skip-worktree b.yaml d/g.yaml", "git reset -q",
    "git reset -q --hard; git write-tree",
    "git add -A; git commit -q --allow-empty -m 3; git checkout -q -b x HEAD~1; git add -A",
    """
    git add -A; git commit -q --allow-empty -m ours; git checkout -q --detach HEAD~1
    echo other > b.yaml; mkdir -p d; echo other > d/g.yaml; git add -A; git commit -q -m theirs
    git merge -q main || git merge -q x
    """,
  ]

  private static func edits(_ count: Int, _ random: inout RandomNumbers) -> String {
    let paths = ["a", "b.yaml", "a/x", "a/y", "d/e/f", "d/e", "d/g.yaml", "'s p'", "d-e", "d.e", "e/f/g/h", "e/f/i"]
    return (0..<count).map { _ in
      let path = paths.randomElement(using: &random)!
      guard Int.random(in: 0...4, using: &random) > 0 else { return "rm -rf \(path)" }
      let content = Int.random(in: 1...3, using: &random)
      return "rm -rf \(path); mkdir -p \"$(dirname \(path))\" 2> /dev/null && echo \(content) > \(path)"
    }.joined(separator: "\n")
  }

  private func deltas(of index: IndexFile, in opened: Repository) throws -> [Delta] {
    let root = try opened.head().map { try opened.treeID(of: $0) }
    return try IndexDifference.deltas(from: root, to: index) { (id) throws(GitError) in try Tree(id, in: opened) }
  }

  private func expectSame(_ index: IndexFile, _ other: IndexListing, in opened: Repository) throws {
    let entries = Array(other.entries)
    #expect(index.count == entries.count)
    #expect(index.hasConflicts == entries.contains(where: \.isConflict))
    for (number, entry) in entries.enumerated() where number < index.count {
      #expect(String(describing: index[number]) == String(describing: entry))
      let found = try #require(index.entry(at: entry.path, stage: entry.stage))
      #expect(String(describing: found) == String(describing: entry))
      #expect(index.entry(at: entry.path + bytes("-"), stage: 0)?.path != entry.path)
    }
  }

  /// Beyond the size up to which libgit2 reads it.
  @Test func largeIndex() throws {
    let repository = try TemporaryRepository()
    let long = String(repeating: "long", count: 60)
    let listing = (0..<3000).map { "100644 \(Self.emptyBlob) 0\tf\($0 % 50)/\(long)\($0)\n" }.joined()
    try repository.run("git hash-object -w --stdin < /dev/null; git update-index --index-info", input: bytes(listing))
    try repository.run("git commit -q -m 1; echo 1 > new; git add new; git rm -q --cached f7/\(long)7")
    let opened = try repository.opened()
    let size = OpenFile(opened.indexPath)?.size
    #expect(try #require(size) > 512 * 1024)
    #expect(RawChange.of(try opened.stagedChanges()) == (try repository.rawDiff("--cached")))
    #expect(try opened.stagedChanges().count == 2)
    #expect(try opened.index().files(under: bytes("f7")).count == 59)
  }

  /// What git itself must read, or libgit2.
  @Test func otherForms() throws {
    let repository = try TemporaryRepository()
    try repository.run("mkdir a b; echo 1 > a/x; echo 1 > b/x; git add .; git commit -q -m 1")
    let path = repository.path + "/.git/index"
    try repository.run("git update-index --index-version 4")
    #expect(try IndexFile(path) == nil)
    try repository.run("git update-index --index-version 2; git update-index --split-index")
    #expect(failure { try IndexFile(path) }?.cause == .unsupportedIndex(.split))
    try repository.run("git update-index --no-split-index; git sparse-checkout set --cone --sparse-index a")
    #expect(failure { try IndexFile(path) }?.cause == .unsupportedIndex(.sparse))
  }

  private static let emptyBlob = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"

  /// Whatever the bytes are, the answer is an error, another version, or entries in order.
  @Test(arguments: 1...20) func damage(seed: Int) throws {
    var random = RandomNumbers(seed: seed)
    let repository = try TemporaryRepository()
    try repository.run(Self.edits(20, &random) + "\ngit add -A; git commit -q -m 1; echo 9 > d-e; git add d-e")
    let opened = try repository.opened()
    let path = repository.path + "/.git/index"
    let read = OpenFile(path)?.bytes(first: .max)
    let whole = try #require(read)
    for _ in 0..<60 {
      var damaged = whole
      if Bool.random(using: &random) {
        damaged.removeLast(Int.random(in: 1..<whole.count, using: &random))
      } else {
        damaged[Int.random(in: 0..<whole.count, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
      }
      try repository.write("damaged", damaged)
      do {
        guard let index = try IndexFile(repository.path + "/damaged") else { continue }
        _ = try deltas(of: index, in: opened)
        #expect(damaged.count == whole.count)
      } catch let error as GitError {
        switch error.cause {
        case .unsupportedIndex, .missingObject, .corruptObject: break
        default: fail("\(error)")
        }
      }
    }
  }
}
