import Support
import Testing

@testable import Git

/// Which settings count: those that count for git in the same place.
struct ConfigurationTests {
  private let repository: TemporaryRepository

  init() throws {
    repository = try TemporaryRepository(empty: ())
    try repository.git("init", "-q", "-b", "main")
    try repository.write("a.yaml", "a: 1\n")
    try repository.write("b.yaml", "b: 1\n")
    try repository.write("../excludes", "b.yaml\n")
  }

  private func expectGit(_ variables: [String: String] = [:], count: Int) throws {
    let list = ["ls-files", "-o", "-z", "--exclude-standard"]
    let known = try repository.gitBytes(list, environment: variables).split(separator: 0).map(Array.init)
    #expect(known.count == count)
    #expect(try repository.openedWithGit(variables).workTreeFiles(under: []) == known)
  }

  @Test func excludesOfTheEnvironment() throws {
    let excludes = repository.surroundings + "/excludes"
    try expectGit(count: 2)
    try expectGit(
      ["GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.excludesfile", "GIT_CONFIG_VALUE_0": excludes], count: 1)
    try expectGit(["GIT_CONFIG_PARAMETERS": "'core.excludesFile'='~/../excludes'"], count: 1)
    try repository.write("../named", "[core]\n\texcludesFile = \(excludes)\n")
    try expectGit(["GIT_CONFIG_GLOBAL": repository.surroundings + "/named"], count: 1)
    try repository.write("../home/.config/git/ignore", "a.yaml\nb.yaml\n")
    try expectGit(count: 0)
    try expectGit(["XDG_CONFIG_HOME": repository.surroundings], count: 2)
    try repository.write("../home/.gitconfig", "[core]\n\texcludesFile = ~/../excludes\n")
    try expectGit(count: 1)
    try expectGit(["GIT_CONFIG_GLOBAL": "/dev/null"], count: 0)
  }

  @Test func settingsOfOneWorkTree() throws {
    let excludes = repository.surroundings + "/excludes"
    try repository.run(
      "git config extensions.worktreeConfig true; git config --worktree core.excludesFile '\(excludes)'")
    try expectGit(count: 1)
    try repository.run("git config --unset extensions.worktreeConfig")
    try expectGit(count: 2)
  }

  @Test func switchOfTheEnvironmentThatIsNone() throws {
    let variables = ["GIT_CONFIG_PARAMETERS": "'core.ignorecase'='perhaps'"]
    let error = failure { try repository.openedWithGit(variables).workTreeFiles(under: []) }
    guard case .configuration = error?.cause else { return fail("\(String(describing: error))") }
  }

  @Test func brokenFileOfTheUser() throws {
    try repository.write("../home/.gitconfig", "[core\n")
    guard case .configuration(let text) = failure({ try repository.openedWithGit() })?.cause else { return fail() }
    #expect(text.contains(".gitconfig"))
  }

  @Test func homeless() throws {
    try repository.write("../home/.gitconfig", "[core\n")
    #expect(try repository.opened(["PATH": "/usr/bin:/bin"]).workTreeFiles(under: []).count == 2)
  }

  /// See gitnamespaces(7): for servers alone.
  @Test func namespace() throws {
    try repository.commit("one")
    try repository.git("rm", "-q", "a.yaml")
    #expect(try repository.openedWithGit(["GIT_NAMESPACE": "x"]).stagedChanges().count == 1)
  }
}

/// Commits that stand for others, as git has them.
struct ReplacementTests {
  private let repository: TemporaryRepository

  init() throws {
    repository = try TemporaryRepository()
    for number in 1...4 {
      try repository.write("\(number).yaml", "\(number)\n")
      try repository.commit("\(number)")
    }
  }

  private func expectGit(_ revision: String, _ variables: [String: String] = [:], count: Int) throws {
    let names = revision.split(separator: ".").map(String.init)
    let known = try repository.rawDiff(names[0], names[1], environment: variables)
    #expect(known.count == count)
    for opened in [try repository.openedWithGit(variables), try repository.openedByGit()].prefix(
      variables.isEmpty ? 2 : 1)
    {
      guard case .twoDot(let old, let new) = try opened.resolve(revision) else { return fail() }
      #expect(RawChange.of(try opened.changes(from: old, to: new)) == known)
    }
  }

  @Test func replacedCommit() throws {
    try expectGit("HEAD~1..HEAD", count: 1)
    try repository.git("replace", "HEAD~1", "HEAD~3")
    try expectGit("HEAD~1..HEAD", count: 3)
    try expectGit("HEAD~1..HEAD", ["GIT_NO_REPLACE_OBJECTS": "1"], count: 1)
    try repository.git("replace", "HEAD~3", try repository.git("commit-tree", "-m", "x", "HEAD^{tree}"))
    try expectGit("HEAD~1..HEAD", count: 0)
    try repository.git("config", "core.useReplaceRefs", "false")
    try expectGit("HEAD~1..HEAD", count: 1)
  }

  @Test func graftedParents() throws {
    let ids = try repository.git("rev-parse", "HEAD", "HEAD~3").split(separator: "\n")
    try repository.write(".git/info/grafts", "# a comment\n\(ids[0]) \(ids[1])\n")
    try expectGit("HEAD~1..HEAD", count: 3)
    #expect(
      try repository.opened().mergeBase(#require(ObjectID(hex: ids[0])), #require(ObjectID(hex: ids[1])))
        == ObjectID(hex: ids[1]))
  }
}
