import Support
import Testing

@testable import Git

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whose repositories are opened: as git decides. Only root can give a folder away, so that others leave this out.
@Suite(.enabled(if: getuid() == 0, "only root can give a folder away"))
struct OwnershipTests {
  private let repository: TemporaryRepository
  private var top: String { repository.path }

  init() throws {
    repository = try TemporaryRepository()
    try repository.write("a.yaml", "a: 1\n")
    try repository.commit("one")
    try repository.run("chown -R 1001:1001 .")
  }

  private func isOpened(_ variables: [String: String] = [:], in folder: String? = nil) throws -> Bool {
    let error = failure { try repository.openedWithGit(variables, in: folder) }
    #expect(error == nil || error?.cause == .notOwned(path: folder ?? top), "\(String(describing: error))")
    return error == nil
  }

  private func isOpenedByGit(_ variables: [String: String] = [:], in folder: String = ".") throws -> Bool {
    try repository.run("git -C '\(folder)' rev-parse HEAD", environment: variables).status == 0
  }

  /// `<top>` is the top of the work tree, `<up>` the folder above it.
  @Test(arguments: [
    ([], false), (["/elsewhere"], false), (["<top>"], true), (["*"], true), (["<top>/.git"], false),
    (["<up>"], false), (["<top>/x/*"], false), (["<top>x"], false), (["<up>/repo*"], false), (["."], false),
    (["*", ""], false), (["<top>", "", "/elsewhere"], false), (["", "<top>"], true),
  ])
  func safeDirectory(values: [String], isSafe: Bool) throws {
    try configure(values)
    #expect(try isOpened() == isSafe)
    #expect(try isOpenedByGit() == isSafe)
  }

  /// What git takes since 2.46; an older one is stricter.
  @Test(arguments: [
    ("<up>/*", true), ("<top>/", true), ("<top>/../repository", true), ("/*", true), ("<up>/../*", true),
    ("~/../repository", true),
    ("<top>/*", false), ("<up>/other/*", false),
  ])
  func safeDirectorySince246(value: String, isSafe: Bool) throws {
    try configure([value])
    #expect(try isOpened() == isSafe)
    if !isSafe { #expect(try !isOpenedByGit()) }
  }

  private func configure(_ values: [String]) throws {
    let lines = values.map { value in
      let path = value.replacing("<top>", with: top).replacing("<up>", with: repository.surroundings)
      return "\tdirectory = \(path)\n"
    }
    try repository.write("../home/.gitconfig", "[safe]\n" + lines.joined())
  }

  @Test func settingsOfTheEnvironment() throws {
    let counted = [
      "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": top,
    ]
    try repository.write("../named", "[safe]\n\tdirectory = \(top)\n")
    let named = repository.surroundings + "/named"
    for (variables, isSafe) in [
      (counted, true), (counted.merging(["GIT_CONFIG_VALUE_0": "*"]) { $1 }, true),
      (counted.merging(["GIT_CONFIG_COUNT": "0"]) { $1 }, false),
      (counted.merging(["GIT_CONFIG_KEY_0": "Safe.Directory"]) { $1 }, true),
      (["GIT_CONFIG_PARAMETERS": "'safe.directory'='\(top)'"], true),
      (["GIT_CONFIG_PARAMETERS": "'core.x'='it'\\''s' 'safe.directory'='*'"], true),
      (["GIT_CONFIG_PARAMETERS": "'safe.directory=*'"], true),
      (["GIT_CONFIG_PARAMETERS": "'safe.directory'='*' 'safe.directory'=''"], false),
      (["GIT_CONFIG_GLOBAL": named], true),
      (["GIT_CONFIG_SYSTEM": named, "GIT_CONFIG_NOSYSTEM": "0"], true), (["GIT_CONFIG_SYSTEM": named], false),
    ] {
      #expect(try isOpened(variables) == isSafe, "\(variables)")
      #expect(try isOpenedByGit(variables) == isSafe, "\(variables)")
    }
    // What the environment takes back, the user's file does not give.
    try configure(["*"])
    var reset = counted
    reset["GIT_CONFIG_VALUE_0"] = ""
    #expect(try !isOpened(reset))
    #expect(try !isOpenedByGit(reset))
  }

  @Test func xdgConfiguration() throws {
    try repository.write("../home/.config/git/config", "[safe]\n\tdirectory = \(top)\n")
    #expect(try isOpened() && isOpenedByGit())
    let elsewhere = ["XDG_CONFIG_HOME": top]
    #expect(try !isOpened(elsewhere) && !isOpenedByGit(elsewhere))
    let homeless = ["XDG_CONFIG_HOME": "", "HOME": ""]
    #expect(try !isOpened(homeless))
  }

  /// A stranger cannot vouch for himself.
  @Test func ownConfigurationHasNoSay() throws {
    try repository.run("git config -f .git/config safe.directory '*'; chown 1001 .git/config")
    #expect(try !isOpened() && !isOpenedByGit())
    #expect(failure { try repository.opened() }?.hint == "run `git config --global --add safe.directory \(top)`")
  }

  @Test func partsOfAnother() throws {
    try repository.run("chown -R 0:0 .; chown 1001 .git")
    #expect(try !isOpened() && !isOpenedByGit())
    try repository.run("chown 0 .git; chown 1001 .")
    #expect(try !isOpened() && !isOpenedByGit())
    try repository.run("chown 0 .; chown 1001 a.yaml")
    #expect(try isOpened() && isOpenedByGit())
  }

  @Test func callerOfSudo() throws {
    for (user, isOwned) in [("1001", true), ("1002", false), ("x", false)] {
      #expect(try isOpened(["SUDO_UID": user]) == isOwned)
      #expect(try isOpenedByGit(["SUDO_UID": user]) == isOwned)
    }
  }

  @Test func namedIsTrusted() throws {
    let variables = ["GIT_DIR": top + "/.git"]
    #expect(try isOpened(variables) && isOpenedByGit(variables))
  }

  @Test func linkedWorkTree() throws {
    try repository.git("-c", "safe.directory=*", "worktree", "add", "-q", "../linked")
    try repository.run("chown -R 1001:1001 ../linked .git")
    let linked = repository.surroundings + "/linked"
    #expect(try !isOpened(in: linked) && !isOpenedByGit(in: linked))
    try configure([linked])
    #expect(try isOpened(in: linked) && isOpenedByGit(in: linked))
    #expect(try !isOpened() && !isOpenedByGit())
  }

  @Test func bareRepository() throws {
    try repository.run("cp -r .git ../bare.git; git -C ../bare.git -c safe.directory='*' config core.bare true")
    let bare = repository.surroundings + "/bare.git"
    try repository.run("chown -R 1001:1001 ../bare.git")
    #expect(try !isOpened(in: bare) && !isOpenedByGit(in: bare))
    try configure([bare])
    #expect(try isOpened(in: bare) && isOpenedByGit(in: bare))
  }

  @Test func formatThatLibraryCannotRead() throws {
    let other = try TemporaryRepository("--object-format=sha256")
    try other.run("chown -R 1001:1001 .")
    #expect(failure { try other.openedWithGit() }?.cause == .notOwned(path: other.path))
    try other.write("../home/.gitconfig", "[safe]\n\tdirectory = \(other.surroundings)/*\n")
    #expect(try other.openedWithGit().workTree == other.path)
  }
}

/// Bare repositories that are found and not named: see "safe.bareRepository" in git-config(1).
struct BareRepositoryTests {
  @Test func explicit() throws {
    let repository = try TemporaryRepository()
    try repository.commit("one")
    try repository.git("clone", "-q", "--bare", ".", "../bare.git")
    try repository.write("../home/.gitconfig", "[safe]\n\tbareRepository = explicit\n")
    let bare = repository.surroundings + "/bare.git"
    let error = failure { try repository.openedWithGit(in: bare) }
    #expect(error?.cause == .bareNotNamed(path: bare))
    #expect(error?.hint == "set GIT_DIR=\(bare)")
    #expect(try repository.run("git -C ../bare.git rev-parse HEAD").status != 0)
    #expect(try repository.openedWithGit(["GIT_DIR": bare]).workTree == nil)
    #expect(try repository.openedWithGit().workTree == repository.path)
    try repository.write("../home/.gitconfig", "[safe]\n\tbareRepository = all\n")
    #expect(try repository.openedWithGit(in: bare).workTree == nil)
  }
}
