import Git
import Support
import Testing

/// Staged changes, each time as `git diff --cached` has them.
struct StagedChangesTests {
  private let repository: TemporaryRepository

  init() throws {
    repository = try TemporaryRepository()
    try repository.write("a.yaml", "a: 1\n")
    try repository.write("folder/b.yaml", "b: 1\n")
    try repository.write("folder/c.sh", "echo\n")
  }

  private func expectGit(_ environment: [String: String] = [:], count: Int? = nil) throws {
    let staged = RawChange.of(try repository.opened(environment).stagedChanges())
    #expect(staged == (try repository.rawDiff("--cached", environment: environment)))
    if let count { #expect(staged.count == count) }
  }

  @Test func emptyRepository() throws {
    try expectGit(count: 0)
    #expect(try repository.opened().head() == nil)
  }

  @Test func firstCommit() throws {
    try repository.git("add", ".")
    try expectGit(count: 3)
  }

  @Test func nothing() throws {
    try repository.commit("one")
    try expectGit(count: 0)
    #expect(try repository.opened().head()?.description == repository.git("rev-parse", "HEAD"))
  }

  @Test func stagedContentIsNotThatOfTheWorkTree() throws {
    try repository.commit("one")
    try repository.write("a.yaml", "a: 2\n")
    try repository.git("add", "a.yaml")
    try repository.write("a.yaml", "a: 3\n")
    try expectGit(count: 1)
    let opened = try repository.opened()
    guard case .blob(let id) = try opened.stagedChanges()[0].new?.content else { return fail() }
    #expect(try opened.blob(id, limit: 100) == .bytes(bytes("a: 2\n")))
  }

  @Test func unstagedChangesOnly() throws {
    try repository.commit("one")
    try repository.write("a.yaml", "a: 2\n")
    try repository.write("new.yaml", "")
    try expectGit(count: 0)
  }

  @Test func deletion() throws {
    try repository.commit("one")
    try repository.git("rm", "-q", "folder/b.yaml")
    try repository.git("rm", "-q", "--cached", "a.yaml")
    try expectGit(count: 2)
  }

  @Test func rename() throws {
    try repository.commit("one")
    try repository.git("mv", "a.yaml", "folder/A.yaml")
    try expectGit(count: 2)
  }

  @Test func modeOnly() throws {
    try repository.commit("one")
    try repository.git("update-index", "--chmod=+x", "folder/c.sh")
    try expectGit(count: 1)
    let change = try repository.opened().stagedChanges()[0]
    #expect(change.old?.content == change.new?.content)
    #expect(change.new?.mode == .executable)
  }

  @Test func fileBecomesLink() throws {
    try repository.commit("one")
    try repository.run("rm a.yaml; ln -s folder/b.yaml a.yaml; ln -s /etc/passwd out; git add -A")
    try expectGit(count: 2)
    #expect(try repository.opened().stagedChanges().allSatisfy { $0.new?.mode == .symbolicLink })
  }

  @Test func fileBecomesFolder() throws {
    try repository.commit("one")
    try repository.run("rm -r a.yaml folder; mkdir a.yaml; echo > a.yaml/x; echo > folder; git add -A")
    try expectGit(count: 5)
  }

  @Test func intendedAddition() throws {
    try repository.commit("one")
    try repository.write("new.yaml", "new: 1\n")
    try repository.git("add", "-N", "new.yaml")
    try expectGit(count: 0)
    try repository.git("rm", "-q", "--cached", "a.yaml")
    try repository.git("add", "-N", "a.yaml")
    try expectGit(count: 1)
    #expect(try repository.opened().index().file(at: bytes("new.yaml")) == nil)
  }

  @Test(arguments: ["echo 2 > a.yaml", "git rm -q a.yaml"])
  func conflict(theirs: String) throws {
    try repository.commit("one")
    try repository.run("git checkout -q -b side; \(theirs); git commit -qam side; git checkout -q main")
    try repository.write("a.yaml", "a: 3\n")
    try repository.commit("two")
    #expect(try repository.run("git merge side").status != 0)
    let error = failure { try repository.opened().stagedChanges() }
    #expect(error?.cause == .unmerged(path: bytes("a.yaml")))
    #expect(error?.operation == "check the index")
    #expect(error?.reason == "a.yaml has unresolved merge conflicts")
    let index = try repository.opened().index()
    #expect(throws: GitError.self) { try index.file(at: bytes("a.yaml")) }
    #expect(throws: GitError.self) { try index.files(under: []) }
    #expect(try index.files(under: bytes("folder")).count == 2)
  }

  @Test func merge() throws {
    try repository.commit("one")
    try repository.run(
      "git checkout -q -b side; echo 2 > side.yaml; git add .; git commit -qm side; git checkout -q main")
    try repository.write("a.yaml", "a: 3\n")
    try repository.commit("two")
    try repository.git("merge", "-q", "--no-commit", "--no-ff", "side")
    try expectGit(count: 1)
  }

  @Test func skippedInTheWorkTree() throws {
    try repository.commit("one")
    try repository.run("git update-index --skip-worktree a.yaml; rm a.yaml")
    try expectGit(count: 0)
  }

  @Test(arguments: ["2", "4"]) func indexVersion(_ version: String) throws {
    try repository.commit("one")
    try repository.write("folder/d.yaml", "d: 1\n")
    try repository.run("git add .; git update-index --index-version \(version)")
    try expectGit(count: 1)
  }

  @Test func submodule() throws {
    try repository.commit("one")
    let other = try TemporaryRepository()
    try other.write("x.yaml", "x: 1\n")
    try other.commit("one")
    try repository.git("-c", "protocol.file.allow=always", "submodule", "-q", "add", other.path, "sub")
    try expectGit(count: 2)
    #expect(try repository.opened().stagedChanges().last?.new?.mode == .gitlink)
  }

  @Test func namesAreBytes() throws {
    let names = ["space and 'quote'", "tab\there", "line\nbreak", "\"double\"", "*[a-z]", "é", "e\u{301}"].map {
      bytes($0)
    }
    for name in names + [[0xff, 0xfe, 0x2f, 0x80]] { try repository.write(name, name) }
    try repository.git("add", ".")
    try expectGit(count: 3 + names.count + 1)
    try repository.commit("one")
    for name in names { try repository.write(name, bytes("changed")) }
    try repository.git("add", ".")
    try expectGit(count: names.count)
  }

  @Test func listing() throws {
    try repository.commit("one")
    try repository.write("folder/new.yaml", "new: 1\n")
    try repository.git("add", ".")
    let index = try repository.opened().index()
    let paths = try index.files(under: bytes("folder")).map { String(decoding: $0.path, as: UTF8.self) }
    #expect(paths == ["folder/b.yaml", "folder/c.sh", "folder/new.yaml"])
    #expect(try index.files(under: []).count == 4)
    #expect(try index.file(at: bytes("folder")) == nil)
    #expect(try index.file(at: bytes("folder/new.yaml"))?.mode == .regular)
  }
}
