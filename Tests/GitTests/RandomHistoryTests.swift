import Support
import Testing

@testable import Git

/// Random small histories: changes of every kind, staged or not, as git has them.
struct RandomHistoryTests {
  @Test(arguments: 1...60) func changes(seed: Int) throws {
    var random = RandomNumbers(seed: seed)
    let repository = try TemporaryRepository()
    let commits = 4
    var script = ""
    for number in 1...commits {
      script +=
        Self.edits(&random) + "\ngit add -A; git commit -q --allow-empty -m \(number); git tag t\(number)\n"
    }
    script += Self.edits(&random) + "\ngit add -A\n" + Self.edits(&random)
    try repository.run(script)

    let opened = try repository.opened()
    let ids = try (1...commits).map { try #require(ObjectID(hex: try repository.git("rev-parse", "t\($0)"))) }
    for (number, id) in ids.enumerated() {
      let old = number == 0 ? TemporaryRepository.emptyTree : ids[number - 1].description
      let found = try opened.changes(from: number == 0 ? nil : ids[number - 1], to: id)
      #expect(RawChange.of(found) == (try repository.rawDiff(old, id.description)))
      #expect(found.map(\.path) == found.map(\.path).sorted { $0.lexicographicallyPrecedes($1) })
    }
    let back = RawChange.of(try opened.changes(from: ids[commits - 1], to: ids[0]))
    #expect(back == (try repository.rawDiff(ids[commits - 1].description, ids[0].description)))
    #expect(RawChange.of(try opened.stagedChanges()) == (try repository.rawDiff("--cached")))
    let workTree = RawChange.of(try opened.workTreeChanges(since: ids[commits - 1]))
    #expect(Set(workTree.map(\.withoutNewID)) == (try repository.rawWorkTree()))
  }

  /// Commands that write, delete, link and chmod a few of a few paths; some paths are folders of others.
  private static func edits(_ random: inout RandomNumbers) -> String {
    let paths = ["a", "b.yaml", "a/x", "a/y", "d/e/f", "d/e", "d/g.yaml", "'s p'", "d-e", "d.e"]
    return (0..<Int.random(in: 1...5, using: &random)).map { _ in
      let path = paths.randomElement(using: &random)!
      let content = Int.random(in: 1...3, using: &random)
      let place = "rm -rf \(path); mkdir -p \"$(dirname \(path))\" 2> /dev/null"
      return switch Int.random(in: 0...9, using: &random) {
      case 0...4: "\(place) && echo \(content) > \(path)"
      case 5, 6: "rm -rf \(path)"
      case 7: "\(place) && ln -s b.yaml \(path)"
      default: "test -f \(path) && test ! -h \(path) && chmod \(content > 1 ? "+x" : "-x") \(path)"
      }
    }.joined(separator: "\n")
  }
}

/// Random commit graphs with merges: 640 pairs of commits have the merge bases that git finds, all of them and in its
/// order, also where dates run backwards.
struct RandomMergeBaseTests {
  @Test(arguments: 1...32) func mergeBases(seed: Int) throws {
    var random = RandomNumbers(seed: seed)
    let repository = try TemporaryRepository()
    let count = 40
    try repository.run(
      "git fast-import --quiet", input: bytes(Self.graph(count, isSkewed: seed % 2 == 0, &random)))
    let ids = try repository.git(["rev-parse"] + (1...count).map { "t\($0)" }).split(separator: "\n").map(
      String.init)
    let pairs = (0..<20).map { _ in (ids.randomElement(using: &random)!, ids.randomElement(using: &random)!) }
    let commands = pairs.map { "git merge-base --all \($0) \($1); echo" }.joined(separator: "\n")
    let known = try repository.run(commands).text.split(separator: "\n", omittingEmptySubsequences: false)
      .split(separator: "", omittingEmptySubsequences: false).map { $0.map(String.init) }
    // The command is slow, and asks no other questions here.
    for opened in [try repository.opened()] + (seed % 16 == 0 ? [try repository.openedByGit()] : []) {
      for ((a, b), bases) in zip(pairs, known) {
        let found = try opened.mergeBases(#require(ObjectID(hex: a)), #require(ObjectID(hex: b)))
        #expect(found.map(\.description) == bases)
      }
    }
  }

  /// What leads to a commit and to none of some others, parents first.
  @Test(arguments: 1...12) func walks(seed: Int) throws {
    var random = RandomNumbers(seed: seed)
    let repository = try TemporaryRepository()
    let count = 40
    try repository.run(
      "git fast-import --quiet", input: bytes(Self.graph(count, isSkewed: seed % 2 == 0, &random)))
    let opened = try repository.opened()
    for _ in 0..<15 {
      let names = (0..<Int.random(in: 1...4, using: &random)).map { _ in "t\(Int.random(in: 1...count, using: &random))"
      }
      let ids = try names.map { try #require(try opened.knownCommit($0)) }
      let found = try opened.commits(to: ids[0], without: Array(ids.dropFirst()))
      func reached(_ names: some Sequence<String>) throws -> Set<String> {
        Set(try repository.git(["rev-list"] + names).split(separator: "\n").map(String.init))
      }
      let others = names.count > 1 ? try reached(names.dropFirst()) : []
      #expect(Set(found.map(\.description)) == (try reached(names.prefix(1))).subtracting(others))
      var seen: Set<ObjectID> = []
      for id in found {
        #expect(try opened.parents(of: id).allSatisfy { seen.contains($0) || !found.contains($0) })
        seen.insert(id)
      }
      #expect(seen.count == found.count)
    }
    #expect(try opened.commits(ofReferences: "refs/tags/t1").count == 11)
    #expect(try opened.knownCommit("refs/tags/gone") == nil && opened.symbolicTarget(of: "HEAD") == "refs/heads/main")
  }

  private static func graph(_ count: Int, isSkewed: Bool, _ random: inout RandomNumbers) -> String {
    var text = ""
    for number in 1...count {
      let date = isSkewed ? Int.random(in: 1_000_000...1_000_040, using: &random) : 1_000_000 + number
      text += "commit refs/tags/t\(number)\nmark :\(number)\ncommitter A <a@b> \(date) +0000\ndata 1\nx\n"
      // Now and then a root; one, two or three parents, commonly of the newest.
      let isRoot = number == 1 || Int.random(in: 0..<12, using: &random) == 0
      let parents = isRoot ? 0 : [1, 1, 2, 2, 3].randomElement(using: &random)!
      let oldest = max(1, number - 6)
      var used: Set<Int> = []
      for _ in 0..<parents {
        let parent = Int.random(in: oldest..<number, using: &random)
        guard used.insert(parent).inserted else { continue }
        text += "\(used.count == 1 ? "from" : "merge") :\(parent)\n"
      }
      text += "\n"
    }
    return text
  }

  @Test func crissCross() throws {
    let repository = try TemporaryRepository()
    try repository.run(
      """
      export GIT_COMMITTER_DATE
      c() { GIT_COMMITTER_DATE="2026-01-01T00:00:$1Z"; git commit -q --allow-empty -m $1; }
      c 01; git checkout -q -b side; c 02; git checkout -q main; c 03
      git branch old; GIT_COMMITTER_DATE=2026-01-01T00:00:04Z git merge -q -m x side
      git checkout -q side; GIT_COMMITTER_DATE=2026-01-01T00:00:05Z git merge -q -m y old
      """)
    let ids = try repository.git("rev-parse", "main", "side").split(separator: "\n").compactMap {
      ObjectID(hex: $0)
    }
    #expect(try repository.git("merge-base", "--all", "main", "side").split(separator: "\n").count == 2)
    let base = try repository.opened().mergeBase(ids[0], ids[1])
    #expect(base?.description == (try repository.git("merge-base", "main", "side")))
  }
}

/// Random ignore files: the files of the work tree as git lists them.
struct RandomIgnoreTests {
  @Test(arguments: 1...40) func untrackedFiles(seed: Int) throws {
    var random = RandomNumbers(seed: seed)
    let repository = try TemporaryRepository()
    let names = ["a", "b", "ab", "a.b", "abc", "x y", "[a]", "a*b", "B", "b-1"]
    let folders = ["", "a/", "b/", "a/b/", "a/b/a/", "x/ab/", "abc/a.b/"]
    var files: Set<String> = []
    for folder in folders {
      for name in names
      where Bool.random(using: &random) && !folders.contains(where: { $0.hasPrefix(folder + name + "/") }) {
        files.insert(folder + name)
      }
    }
    for file in files { try repository.write(file, "") }
    let parts = [
      "a", "b", "ab", "*", "**", "?", "[ab]", "[!a]", "[a-c]", "a*", "*b", "\\[a]", "x y", "x\\ ",
      "[[:alpha:]]", "[^]]", "B",
      "a**b", "*.b", "a?c", "[a", "\\", "b[-]1", "[b-]*", "a\\*b",
    ]
    for place in [".gitignore", "a/.gitignore", "a/b/.gitignore", ".git/info/exclude", "../home/ignore"] {
      let lines = (0..<Int.random(in: 0...4, using: &random)).map { _ in
        let count = [1, 1, 2, 3].randomElement(using: &random)!
        let path = (0..<count).map { _ in parts.randomElement(using: &random)! }.joined(separator: "/")
        let pick = { (options: [String]) in options.randomElement(using: &random)! }
        return pick(["", "", "!"]) + pick(["", "", "/"]) + path + pick(["", "", "/", " ", "\r"])
      }
      try repository.write(place, lines.joined(separator: "\n"))
    }
    let listed = try repository.gitBytes(["ls-files", "-o", "-z", "--exclude-standard"]).split(separator: 0)
    let known = listed.map { String(decoding: $0, as: UTF8.self) }
    let found = try repository.opened().workTreeFiles(under: []).map { String(decoding: $0, as: UTF8.self) }
    #expect(found == known.sorted())
    for folder in ["a", "a/b", "x"] {
      let below = try repository.opened().workTreeFiles(under: bytes(folder)).map {
        String(decoding: $0, as: UTF8.self)
      }
      #expect(below == found.filter { $0.hasPrefix(folder + "/") })
    }
  }
}
