import Git
import Support
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which repository, work tree, index and objects are taken, by the rules of git(1) and of its hooks.
struct OpeningTests {
  private let repository: TemporaryRepository
  private var top: String { repository.path }

  init() throws {
    repository = try TemporaryRepository()
    try repository.write("a.yaml", "a: 1\n")
    try repository.write("infra/b.yaml", "b: 1\n")
    try repository.commit("one")
    try repository.write("infra/b.yaml", "b: 2\n")
    try repository.git("add", ".")
  }

  private func staged(_ opened: Repository) throws -> [String] {
    try opened.stagedChanges().map { String(decoding: $0.path, as: UTF8.self) }
  }

  @Test func fromSubdirectory() throws {
    let opened = try repository.opened(in: top + "/infra")
    #expect(opened.gitDirectory == top + "/.git")
    #expect(opened.workTree == top)
    #expect(try staged(opened) == ["infra/b.yaml"])
  }

  @Test func noRepository() throws {
    let ceiling = ["GIT_CEILING_DIRECTORIES": repository.surroundings]
    let outside = failure { try repository.opened(ceiling, in: repository.surroundings) }
    #expect(outside?.cause == .notARepository(repository.surroundings))
    #expect(outside?.hint != nil)
    try repository.run("mkdir -p plain/deep; rm -rf .git; git init -q ..")
    #expect(try repository.opened(in: top + "/plain/deep").workTree == repository.surroundings)
    let stopped = failure { try repository.opened(["GIT_CEILING_DIRECTORIES": top], in: top + "/plain/deep") }
    #expect(stopped?.cause == .notARepository(top + "/plain/deep"))
    #expect(failure { try repository.opened(in: top + "/absent") }?.cause == .notARepository(top + "/absent"))
    let named = failure { try repository.opened(["GIT_DIR": "plain"]) }
    #expect(named?.cause == .notARepository(top + "/plain"))
  }

  @Test func relativeIndexFileCountsFromTheTop() throws {
    let opened = try repository.opened(["GIT_INDEX_FILE": ".git/index"], in: top + "/infra")
    #expect(try staged(opened) == ["infra/b.yaml"])
  }

  @Test func otherIndexFile() throws {
    try repository.write("a.yaml", "a: 2\n")
    try repository.run("cp .git/index .git/next; GIT_INDEX_FILE=.git/next git add a.yaml")
    #expect(try staged(try repository.opened(["GIT_INDEX_FILE": ".git/next"])) == ["a.yaml", "infra/b.yaml"])
    #expect(try staged(try repository.opened(["GIT_INDEX_FILE": top + "/.git/next"])).count == 2)
    #expect(try staged(try repository.opened(["GIT_INDEX_FILE": ""])) == ["infra/b.yaml"])
  }

  @Test func missingIndexFile() throws {
    let opened = try repository.opened(["GIT_INDEX_FILE": "infra/.git/index"])
    let error = failure { try opened.stagedChanges() }
    #expect(error?.cause == .missingIndex(top + "/infra/.git/index"))
    #expect(failure { try opened.workTreeChanges(since: nil) } != nil)
    try repository.run("rm .git/index")
    #expect(failure { try repository.opened().stagedChanges() }?.cause == .missingIndex(top + "/.git/index"))
  }

  @Test func linkedWorkTree() throws {
    try repository.git("worktree", "add", "-q", "../linked")
    let linked = repository.surroundings + "/linked"
    try repository.run("cd ../linked; echo 'a: 3' > a.yaml; git add .")
    for variables in [
      [:],
      ["GIT_DIR": top + "/.git/worktrees/linked", "GIT_INDEX_FILE": top + "/.git/worktrees/linked/index"],
    ] {
      let opened = try repository.opened(variables, in: linked)
      #expect(opened.workTree == linked)
      #expect(opened.gitDirectory == top + "/.git/worktrees/linked")
      #expect(try staged(opened) == ["a.yaml"])
    }
    try repository.run("mv .git/worktrees/linked gone")
    let error = failure { try repository.opened(in: linked) }
    #expect(error?.cause == .movedWorkTree(top + "/.git/worktrees/linked"))
    #expect(error?.hint?.contains("git worktree repair") == true)
  }

  @Test func submodule() throws {
    let other = try TemporaryRepository()
    try other.write("x.yaml", "x: 1\n")
    try other.commit("one")
    try repository.git("-c", "protocol.file.allow=always", "submodule", "-q", "add", other.path, "sub")
    try repository.run("echo 'x: 2' > sub/x.yaml; git -C sub add .")
    let gitDirectory = top + "/.git/modules/sub"
    for variables in [[:], ["GIT_DIR": gitDirectory, "GIT_INDEX_FILE": gitDirectory + "/index"]] {
      let opened = try repository.opened(variables, in: top + "/sub")
      #expect(opened.workTree == top + "/sub")
      #expect(opened.gitDirectory == gitDirectory)
      #expect(try staged(opened) == ["x.yaml"])
    }
  }

  @Test func separateGitDirectory() throws {
    let other = try TemporaryRepository(empty: ())
    try other.git("init", "-q", "--separate-git-dir", "../elsewhere.git", ".")
    try other.write("x.yaml", "x: 1\n")
    try other.git("add", ".")
    let gitDirectory = other.surroundings + "/elsewhere.git"
    // What a hook gets: GIT_DIR alone, at the top of the work tree.
    for variables in [[:], ["GIT_DIR": gitDirectory, "GIT_INDEX_FILE": gitDirectory + "/index"]] {
      let opened = try other.opened(variables)
      #expect(opened.workTree == other.path)
      #expect(opened.gitDirectory == gitDirectory)
      #expect(try staged(opened) == ["x.yaml"])
      #expect(try opened.workTreeChanges(since: nil).count == 1)
    }
  }

  @Test func namedWorkTree() throws {
    try repository.run("mv .git ../store.git")
    let store = repository.surroundings + "/store.git"
    for variables in [
      ["GIT_DIR": store, "GIT_WORK_TREE": "."], ["GIT_DIR": "../store.git", "GIT_WORK_TREE": top],
    ] {
      let opened = try repository.opened(variables)
      #expect(opened.workTree == top)
      #expect(try staged(opened) == ["infra/b.yaml"])
      #expect(try opened.workTreeFiles(under: []).count == 2)
    }
    #expect(throws: GitError.self) { try repository.opened(["GIT_DIR": store, "GIT_WORK_TREE": "absent"]) }
  }

  @Test func workTreeOfABareRepository() throws {
    try repository.run("git clone -q --bare . ../bare.git; git --git-dir=../bare.git read-tree main")
    let opened = try repository.opened(["GIT_DIR": "../bare.git", "GIT_WORK_TREE": "."])
    #expect(opened.workTree == top)
    #expect(try staged(opened).isEmpty)
    #expect(try opened.workTreeChanges(since: opened.head()).map(\.path) == [bytes("infra/b.yaml")])
  }

  @Test func bare() throws {
    try repository.git("clone", "-q", "--bare", ".", "../bare.git")
    let opened = try repository.opened(["GIT_DIR": "."], in: repository.surroundings + "/bare.git")
    #expect(opened.workTree == nil)
    #expect(failure { try opened.stagedChanges() }?.cause == .bare)
    #expect(failure { try opened.workTreeChanges(since: nil) }?.cause == .bare)
    #expect(failure { try opened.contents(ofWorkTreeFile: bytes("HEAD"), limit: 1) }?.cause == .bare)
    #expect(try opened.changes(from: nil, to: opened.headCommit).count == 2)
  }

  @Test func quarantine() throws {
    try repository.git("clone", "-q", "--bare", ".", "../server.git")
    try repository.git("commit", "-q", "-m", "two")
    let script = """
      #!/bin/sh
      read old new ref; echo "$old $new" > ../ids; env | grep ^GIT_ > ../variables
      cp -r "$GIT_OBJECT_DIRECTORY" ../quarantine; exit 1
      """
    try repository.write("../server.git/hooks/pre-receive", script)
    #expect(
      try repository.run("chmod +x ../server.git/hooks/pre-receive; git push -q ../server.git main").status
        != 0)
    let server = repository.surroundings + "/server.git"
    let ids = try repository.run("cat ../ids").text.split { $0 == " " || $0 == "\n" }
    let range = "\(ids[0])..\(ids[1])"
    #expect(throws: GitError.self) { try repository.opened(["GIT_DIR": "."], in: server).resolve(range) }
    let variables = [
      "GIT_DIR": ".", "GIT_OBJECT_DIRECTORY": "../quarantine",
      "GIT_ALTERNATE_OBJECT_DIRECTORIES": server + "/./objects",
    ]
    let opened = try repository.opened(variables, in: server)
    guard case .twoDot(let old, let new) = try opened.resolve(range) else { return fail() }
    #expect(try opened.changes(from: old, to: new).map(\.path) == [bytes("infra/b.yaml")])
    var alternatesOnly = ["GIT_DIR": "."]
    alternatesOnly["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = repository.surroundings + "/quarantine"
    #expect(try repository.opened(alternatesOnly, in: server).resolve(range) == .twoDot(old, new))
  }

  @Test func commonDirectoryIsRefused() {
    let error = failure { try repository.opened(["GIT_COMMON_DIR": "x"]) }
    #expect(error?.cause == .unsupportedEnvironment("GIT_COMMON_DIR"))
  }

  @Test(.enabled(if: getuid() == 0)) func ownedByAnother() throws {
    #expect(chown(top, 1001, 1001) == 0)
    let error = failure { try repository.opened(in: top + "/infra") }
    #expect(error?.cause == .notOwned(path: top))
    #expect(error?.hint == "run `git config --global --add safe.directory \(top)`")
    #expect(error?.operation == "open the repository")
  }
}
