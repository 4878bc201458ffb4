import Git
import Support
import Testing

/// Changes of the work tree, each time as `git diff HEAD` and `git ls-files --others` have them.
struct WorkTreeChangesTests {
  private let repository: TemporaryRepository

  init() throws {
    repository = try TemporaryRepository()
    try repository.write("a.yaml", "a: 1\n")
    try repository.write("b.yaml", "b: 1\n")
    try repository.write("folder/c.yaml", "c: 1\n")
    try repository.write(".gitignore", "ignored/\n*.log\n")
    try repository.commit("one")
  }

  private func expectGit(count: Int) throws {
    let opened = try repository.opened()
    let found = Set(RawChange.of(try opened.workTreeChanges(since: try opened.head())).map(\.withoutNewID))
    #expect(found == (try repository.rawWorkTree()))
    #expect(found.count == count)
  }

  private var paths: [String] {
    get throws {
      try repository.opened().workTreeFiles(under: []).map { String(decoding: $0, as: UTF8.self) }
    }
  }

  @Test func clean() throws {
    try expectGit(count: 0)
    #expect(try paths == [".gitignore", "a.yaml", "b.yaml", "folder/c.yaml"])
  }

  @Test func changedDeletedUntrackedIgnored() throws {
    try repository.write("a.yaml", "a: 2\n")
    try repository.run("rm b.yaml")
    try repository.write("new/deep/n.yaml", "n: 1\n")
    try repository.write("ignored/i.yaml", "i: 1\n")
    try repository.write("x.log", "")
    try expectGit(count: 3)
    #expect(try paths == [".gitignore", "a.yaml", "folder/c.yaml", "new/deep/n.yaml"])
    let below = try repository.opened().workTreeFiles(under: bytes("new"))
    #expect(below == [bytes("new/deep/n.yaml")])
    #expect(try repository.opened().workTreeFiles(under: bytes("fold")).isEmpty)
  }

  @Test func modeAndType() throws {
    try repository.run(
      "chmod +x a.yaml; rm b.yaml; ln -s a.yaml b.yaml; rm -r folder; echo > folder; ln -s a.yaml new")
    try expectGit(count: 5)
    #expect(try paths == [".gitignore", "a.yaml", "folder"])
  }

  @Test func stagedThenTakenBack() throws {
    try repository.write("a.yaml", "a: 2\n")
    try repository.git("add", "a.yaml")
    try repository.write("a.yaml", "a: 1\n")
    try expectGit(count: 0)
  }

  @Test func stagedOnly() throws {
    try repository.write("a.yaml", "a: 2\n")
    try repository.write("new.yaml", "a: 2\n")
    try repository.git("add", ".")
    try repository.git("rm", "-q", "b.yaml")
    try expectGit(count: 3)
  }

  @Test func stagedThenDeleted() throws {
    try repository.write("new.yaml", "new\n")
    try repository.write("a.yaml", "a: 2\n")
    try repository.git("add", ".")
    try repository.run("rm new.yaml a.yaml")
    try expectGit(count: 1)
  }

  @Test func removedFromTheIndexOnly() throws {
    try repository.git("rm", "-q", "--cached", "a.yaml", "b.yaml", "folder/c.yaml")
    try repository.write("b.yaml", "b: 2\n")
    try repository.run("echo c.yaml >> .gitignore")
    try expectGit(count: 3)
  }

  @Test func intendedAddition() throws {
    try repository.write("new.yaml", "new: 1\n")
    try repository.write("empty.yaml", "")
    try repository.git("add", "-N", "new.yaml", "empty.yaml")
    try expectGit(count: 2)
  }

  @Test func skippedOrAssumed() throws {
    try repository.run(
      "git update-index --skip-worktree a.yaml; rm a.yaml; git update-index --assume-unchanged b.yaml")
    try repository.write("b.yaml", "b: 2\n")
    try expectGit(count: 0)
    #expect(try paths == [".gitignore", "b.yaml", "folder/c.yaml"])
  }

  /// git sees a file that a sparse checkout left out but that came back.
  @Test func leftOutBySparseCheckout() throws {
    try repository.run("git sparse-checkout set --cone other")
    try expectGit(count: 0)
    #expect(try paths == [".gitignore", "a.yaml", "b.yaml"])
    try repository.write("folder/c.yaml", "c: 2\n")
    #expect(try paths == [".gitignore", "a.yaml", "b.yaml", "folder/c.yaml"])
    let found = try repository.opened().workTreeChanges(since: repository.opened().head())
    #expect(found.map(\.path) == [bytes("folder/c.yaml")])
    #expect(found.first?.new?.content == .workTreeFile)
    try expectGit(count: 1)
  }

  @Test func ignoredInManyWays() throws {
    let files = [
      "x.log", "keep.log", "sub/x.log", "sub/keep.log", "sub/only/here", "only/here", "build", "sub/build/f",
      "q/build/f",
    ]
    for file in files { try repository.write(file, file) }
    try repository.write("sub/.gitignore", "!keep.log\n/only\n")
    try repository.run("printf 'build/\\n!/q/build/\\n' >> .gitignore; echo keep.log >> .git/info/exclude")
    let listed = try repository.gitBytes(["ls-files", "-c", "-o", "-z", "--exclude-standard"])
    let known = listed.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    #expect(try paths == known.sorted())
    #expect(known.count > 5)
  }

  @Test(arguments: [
    "printf '*.log' > .gitignore", "printf 'keep.log' > .gitignore", "printf 'keep.log' > .git/info/exclude",
    "printf 'keep.log' > ../home/ignore", "printf '*.log' > .git/info/exclude",
  ]) func negationInAnotherFile(_ command: String) throws {
    try repository.write("sub/keep.log", "")
    try repository.write("sub/.gitignore", "!keep.log\n")
    try repository.run(command)
    let listed = try repository.gitBytes(["ls-files", "-c", "-o", "-z", "--exclude-standard"])
    let known = listed.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    #expect(try paths == known.sorted())
  }

  @Test func modesNotTrusted() throws {
    try repository.run(
      "git config core.fileMode false; chmod +x a.yaml b.yaml; echo >> a.yaml; chmod +x new.yaml")
    try expectGit(count: 1)
  }

  @Test func skippedAndStaged() throws {
    try repository.write("a.yaml", "a: 2\n")
    try repository.run("git add .; git update-index --skip-worktree a.yaml; rm a.yaml")
    try expectGit(count: 1)
  }

  @Test func conflict() throws {
    try repository.run(
      "git checkout -q -b side; echo 2 > a.yaml; git rm -q b.yaml; git commit -qam side; git checkout -q main"
    )
    try repository.write("a.yaml", "a: 3\n")
    try repository.write("b.yaml", "b: 3\n")
    try repository.commit("two")
    #expect(try repository.run("git merge side").status != 0)
    let opened = try repository.opened()
    let changes = try opened.workTreeChanges(since: opened.head())
    #expect(changes.map { String(decoding: $0.path, as: UTF8.self) } == ["a.yaml", "b.yaml"])
    #expect(changes.allSatisfy { $0.old != nil && $0.new?.content == .workTreeFile })
    #expect(try paths == [".gitignore", "a.yaml", "b.yaml", "folder/c.yaml"])
  }

  @Test func beforeTheFirstCommit() throws {
    let repository = try TemporaryRepository()
    try repository.write("a.yaml", "")
    try repository.write("b.yaml", "")
    try repository.git("add", "b.yaml")
    let found = Set(RawChange.of(try repository.opened().workTreeChanges(since: nil)).map(\.withoutNewID))
    #expect(found == (try repository.rawWorkTree(since: TemporaryRepository.emptyTree)))
    #expect(found.count == 2)
  }

  @Test func otherRepositoriesInside() throws {
    try repository.run(
      "git init -q nested; echo > nested/n.yaml; git init -q kept; cd kept; git commit -q --allow-empty -m x")
    try repository.run("git add kept 2> /dev/null; echo > kept/dirty")
    try expectGit(count: 1)
  }

  @Test func linkedFolderIsNotEntered() throws {
    try repository.run("mkdir ../outside; echo > ../outside/c.yaml; rm -r folder; ln -s ../outside folder")
    try expectGit(count: 2)
    #expect(try paths == [".gitignore", "a.yaml", "b.yaml"])
    for path in [
      "folder/c.yaml", "folder", "../outside/c.yaml", "./a.yaml", "", "no/such", "a.yaml/x", ".git",
    ] {
      let error = failure { try repository.opened().contents(ofWorkTreeFile: bytes(path), limit: 10) }
      #expect(error?.cause == .noSuchFile(path: bytes(path)), "\(path)")
    }
  }

  @Test func lineEndConversion() throws {
    try repository.git("config", "core.autocrlf", "true")
    try repository.write("a.yaml", "a: 1\r\n")
    try expectGit(count: 0)
    try repository.write("a.yaml", "a: 2\r\n")
    try expectGit(count: 1)
    try repository.git("add", "a.yaml")
    try repository.write("a.yaml", "a: 1\r\n")
    try expectGit(count: 0)
  }

  @Test func nothingIsWritten() throws {
    try repository.run("touch -d '2020-01-01' a.yaml")
    let before = try repository.run("sha1sum .git/index; find . | sort").text
    try expectGitWithoutRefresh()
    #expect(try repository.run("sha1sum .git/index; find . | sort").text == before)
  }

  private func expectGitWithoutRefresh() throws {
    let opened = try repository.opened()
    #expect(try opened.workTreeChanges(since: opened.head()).isEmpty)
    #expect(try opened.stagedChanges().isEmpty)
  }

  @Test func contents() throws {
    try repository.write("big", [UInt8](repeating: 7, count: 200_000))
    let opened = try repository.opened()
    #expect(try opened.contents(ofWorkTreeFile: bytes("folder/c.yaml"), limit: 5) == .bytes(bytes("c: 1\n")))
    #expect(
      try opened.contents(ofWorkTreeFile: bytes("folder/c.yaml"), limit: 4)
        == .tooLarge(size: 5, beginning: bytes("c: 1\n")))
    let beginning = [UInt8](repeating: 7, count: 64 * 1024)
    #expect(
      try opened.contents(ofWorkTreeFile: bytes("big"), limit: 1000)
        == .tooLarge(size: 200_000, beginning: beginning))
    try repository.run("mkfifo pipe")
    #expect(throws: GitError.self) { try opened.contents(ofWorkTreeFile: bytes("pipe"), limit: 5) }
  }
}
