/// Whether a repository that belongs to somebody else may be read: as git decides in the newest version, from what the
/// user, the machine and the environment say and never from the repository. See "safe.directory" in git-config(1) and
/// `ensure_valid_ownership` in git's setup.c.
struct Ownership {
  let environment: HookEnvironment

  init(_ environment: HookEnvironment) { self.environment = environment }

  /// Whether libgit2, which knows fewer forms of trust, need not ask for the owner again.
  ///
  /// - Throws: when nobody trusts it.
  func isTrusted(_ folder: OwnedFolder?) throws(GitError) -> Bool {
    // Whoever names a repository trusts it, so git asks only where it has looked for one.
    guard environment.gitDirectory == nil else { return true }
    guard let folder else { return false }
    let isOwned = folder.isOwned(environment)
    let isAskedAgain = folder.isOwned(.none)
    guard !isOwned || folder.isBare else { return !isAskedAgain }
    let settings = try LibraryConfiguration(environment: environment).protected()
    guard isOwned || isSafe(folder.path, settings) else {
      throw GitError("open the repository", .notOwned(path: folder.path))
    }
    if folder.isBare, settings.last(where: { $0.name == "safe.barerepository" })?.value == "explicit",
      !folder.isInsideWorkTree
    {
      throw GitError("open the repository", .bareNotNamed(path: folder.path))
    }
    return !isAskedAgain
  }

  /// An empty value takes back all before it.
  private func isSafe(_ path: String, _ settings: [Setting]) -> Bool {
    var isSafe = false
    for setting in settings where setting.name == "safe.directory" {
      if setting.value.isEmpty { isSafe = false } else if covers(setting, path) { isSafe = true }
    }
    return isSafe
  }

  private func covers(_ setting: Setting, _ path: String) -> Bool {
    if setting.value == "*" { return true }
    guard let named = setting.path(environment) else { return false }
    if named.hasSuffix("/*") {
      guard let folder = OwnedFolder.resolved(String(named.dropLast(2)) + "/") else { return false }
      return path.hasPrefix(folder == "/" ? folder : folder + "/")
    }
    return OwnedFolder.resolved(named) == path
  }
}

extension OwnedFolder {
  /// The git folder of a work tree or of a submodule, which is no repository that somebody put there to be found.
  fileprivate var isInsideWorkTree: Bool {
    gitDirectory.hasSuffix("/.git") || ["/.git/worktrees/", "/.git/modules/"].contains { gitDirectory.contains($0) }
  }
}
