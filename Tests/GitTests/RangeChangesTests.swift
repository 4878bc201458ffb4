import Git
import Support
import Testing

/// Changes between commits, each time as `git diff` has them.
struct RangeChangesTests {
  private let repository: TemporaryRepository

  init() throws {
    repository = try TemporaryRepository()
    try repository.write("a.yaml", "a: 1\n")
    try repository.write("folder/b.yaml", "b: 1\n")
    try repository.write("folder/deep/c.yaml", "c: 1\n")
    try repository.commit("one")
  }

  private func changes(_ revision: String) throws -> Set<RawChange> {
    let opened = try repository.opened()
    switch try opened.resolve(revision) {
    case .commit(let id): return RawChange.of(try opened.changes(from: id, to: opened.headCommit))
    case .twoDot(let a, let b): return RawChange.of(try opened.changes(from: a, to: b))
    case .threeDot(let a, let b):
      let base: ObjectID = try #require(try opened.mergeBase(a, b))
      return RawChange.of(try opened.changes(from: base, to: b))
    case .single(let id, let parent): return RawChange.of(try opened.changes(from: parent, to: id))
    }
  }

  private func expectGit(_ revision: String, count: Int? = nil) throws {
    let found = try changes(revision)
    #expect(found == (try repository.rawDiff(revision)))
    if let count { #expect(found.count == count) }
  }

  /// `main`: one, two, merge; `side` leaves from one.
  private func makeBranches() throws {
    try repository.run("git checkout -q -b side")
    try repository.write("side.yaml", "s: 1\n")
    try repository.commit("side")
    try repository.git("checkout", "-q", "main")
    try repository.write("folder/deep/c.yaml", "c: 2\n")
    try repository.run("git rm -q a.yaml")
    try repository.commit("two")
  }

  @Test func twoDot() throws {
    try makeBranches()
    try expectGit("side..main", count: 3)
    try expectGit("main..side", count: 3)
    try expectGit("side..", count: 3)
    try expectGit("..side", count: 3)
    try expectGit("main..main", count: 0)
  }

  @Test func threeDot() throws {
    try makeBranches()
    try expectGit("side...main", count: 2)
    try expectGit("main...side", count: 1)
    try expectGit("...side", count: 1)
  }

  @Test func merge() throws {
    try makeBranches()
    try repository.git("merge", "-q", "-m", "merge", "side")
    try expectGit("HEAD^..HEAD", count: 1)
    try expectGit("HEAD^2..HEAD", count: 2)
    try expectGit("HEAD^2~1..HEAD~0", count: 3)
  }

  @Test func singleCommit() throws {
    try makeBranches()
    #expect(try changes("main^!") == repository.rawDiff("main^", "main"))
    #expect(try changes("main~1^!") == repository.rawDiff(TemporaryRepository.emptyTree, "main~1"))
    #expect(try changes("main~1^!").count == 3)
  }

  @Test func rootAgainstNothing() throws {
    let opened = try repository.opened()
    let head = try opened.headCommit
    let zeros = String(repeating: "0", count: 40)
    let all = try repository.rawDiff(TemporaryRepository.emptyTree, "HEAD")
    #expect(RawChange.of(try opened.changes(from: nil, to: head)) == all)
    #expect(try changes("\(zeros)..HEAD") == all)
    #expect(failure { try opened.resolve("HEAD..\(zeros)") }?.isUnknownRevision == true)
  }

  @Test func treesWork() throws {
    try makeBranches()
    let opened = try repository.opened()
    let old = try #require(ObjectID(hex: try repository.git("rev-parse", "side^{tree}")))
    let new = try #require(ObjectID(hex: try repository.git("rev-parse", "main^{tree}")))
    #expect(RawChange.of(try opened.changes(from: old, to: new)) == (try repository.rawDiff("side", "main")))
  }

  @Test func kindsOfChange() throws {
    let script = """
      chmod +x a.yaml; rm -r folder/deep; echo > folder/deep; rm folder/b.yaml; mkdir folder/b.yaml
      echo > folder/b.yaml/x; ln -s a.yaml link
      """
    try repository.run(script)
    try repository.commit("two")
    try expectGit("HEAD~..HEAD", count: 6)
    try repository.run("rm link; echo > link; rm a.yaml; ln -s link a.yaml; rm -r folder")
    try repository.commit("three")
    try expectGit("HEAD~..HEAD")
    try expectGit("HEAD~2..HEAD")
  }

  @Test func submodule() throws {
    let head = try repository.git("rev-parse", "HEAD")
    try repository.git("update-index", "--add", "--cacheinfo", "160000,\(head),sub")
    try repository.git("commit", "-q", "-m", "sub")
    try expectGit("HEAD~..HEAD", count: 1)
  }

  @Test func tagObject() throws {
    try makeBranches()
    try repository.run("git tag -a -m x v1 side; git tag -a -m y v2 v1")
    try expectGit("v2..main", count: 3)
    try expectGit("v2...main", count: 2)
  }

  @Test func orphan() throws {
    try repository.run("git checkout -q --orphan other; git rm -rfq .")
    try repository.write("z.yaml", "z: 1\n")
    try repository.commit("other")
    let opened = try repository.opened()
    guard case .threeDot(let a, let b) = try opened.resolve("main...other") else {
      return fail()
    }
    #expect(try opened.mergeBase(a, b) == nil)
    try expectGit("main..other", count: 4)
  }

  @Test func listing() throws {
    let opened = try repository.opened()
    let tree = try opened.tree(of: opened.head())
    #expect(try tree.file(at: bytes("folder/deep/c.yaml"))?.mode == .regular)
    #expect(try tree.file(at: bytes("folder/deep")) == nil)
    for path in ["", "/", "folder/", "a.yaml/x", "no/such", "folder//b.yaml"] {
      #expect(try tree.file(at: bytes(path)) == nil)
    }
    let paths = try tree.files(under: bytes("folder")).map { String(decoding: $0.path, as: UTF8.self) }
    #expect(paths == ["folder/b.yaml", "folder/deep/c.yaml"])
    #expect(try tree.files(under: []).count == 3)
    #expect(try tree.files(under: bytes("a.yaml")).isEmpty)
    #expect(try opened.tree(of: nil).files(under: []).isEmpty)
  }
}
