internal import CLibgit2

/// One attempt to open a repository by libgit2, step by step in git's order.
///
/// The variables are applied by hand: `GIT_REPOSITORY_OPEN_FROM_ENV` refuses GIT_WORK_TREE or takes a wrong
/// work tree or a wrong index (libgit2 1.5.1 and 1.9.7).
struct LibraryOpening {
  let directory: String
  /// With absolute paths.
  let environment: HookEnvironment
  private static let operation = "open the repository"

  func backend() throws(GitError) -> LibraryBackend {
    let handle = try found()
    try LibraryConfiguration(environment: environment).set(of: handle.pointer)
    try refuseFormats(of: handle.pointer)
    try setWorkTree(of: handle.pointer)
    try setObjects(of: handle.pointer)
    let layout = try layout(of: handle.pointer)
    return try LibraryBackend(handle, layout)
  }

  private func layout(of repository: OpaquePointer) throws(GitError) -> Layout {
    let gitDirectory = try Self.folder(git_repository_path(repository)) ?? ""
    let workTree = try Self.folder(git_repository_workdir(repository))
    return Layout(
      gitDirectory: gitDirectory,
      commonDirectory: try Self.folder(git_repository_commondir(repository)) ?? gitDirectory,
      workTree: workTree,
      // A relative index file counts from the top of the work tree, wherever a hook has gone since.
      indexFile: environment.indexFile?.absolute(from: workTree ?? directory),
      shallowFile: environment.shallowFile)
  }

  /// Refuses a path that a String would change, so that no other folder is taken for an empty one.
  private static func folder(_ path: UnsafePointer<CChar>?) throws(GitError) -> String? {
    guard let path else { return nil }
    guard let text = String(validatingCString: path) else {
      throw GitError(operation, .unreadableFile(path: Array(cString: path), "its path is not UTF-8"))
    }
    return text.withoutEndingSlash
  }

  private func found() throws(GitError) -> Handle {
    let path = environment.gitDirectory ?? directory
    let flags =
      environment.gitDirectory == nil
      ? 0 : GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue | GIT_REPOSITORY_OPEN_NO_DOTGIT.rawValue
    let isTrusted = try Ownership(environment).isTrusted(OwnedFolder(from: path, environment))
    var opened: OpaquePointer?
    let failure = OwnerCheck.open(&opened, path, flags, ceilings: environment.ceilingDirectories, isOff: isTrusted)
    if let failure { throw explained(failure, at: path) }
    return try Handle(to: Self.operation, freedBy: git_repository_free) {
      $0 = opened
      return 0
    }
  }

  /// libgit2 was told to let these extensions pass, so that git's explicit words for the usual formats do no harm.
  private func refuseFormats(of repository: OpaquePointer) throws(GitError) {
    let config = try Handle(to: Setting.operation, freedBy: git_config_free) {
      git_repository_config_snapshot(&$0, repository)
    }
    for setting in try Setting.all(in: config.pointer) {
      let usual = ["extensions.objectformat": "sha1", "extensions.refstorage": "files"][setting.name]
      guard let usual, setting.value != usual else { continue }
      let name = String(setting.name.dropFirst("extensions.".count))
      throw GitError(Self.operation, .unsupportedExtension(name, value: setting.value))
    }
  }

  /// In a hook of a repository made with `--separate-git-dir` GIT_DIR alone is set; the library would then
  /// take the parent of that folder for the work tree, git takes the current directory.
  private func setWorkTree(of repository: OpaquePointer) throws(GitError) {
    let workTree: String
    if let named = environment.workTree {
      workTree = named
    } else if environment.gitDirectory != nil, git_repository_is_bare(repository) == 0,
      git_repository_is_worktree(repository) == 0, try !namesWorkTree(repository)
    {
      workTree = directory
    } else {
      return
    }
    try LibraryFailure.check(
      git_repository_set_workdir(repository, workTree, 0), to: "open the work tree \(workTree)")
  }

  private func namesWorkTree(_ repository: OpaquePointer) throws(GitError) -> Bool {
    let config = try Handle(to: Setting.operation, freedBy: git_config_free) {
      git_repository_config_snapshot(&$0, repository)
    }
    var name: UnsafePointer<CChar>?
    defer { git_error_clear() }
    return git_config_get_string(&name, config.pointer, "core.worktree") == 0
  }

  /// Before a push is accepted its objects lie in a quarantine folder: see git-receive-pack(1).
  private func setObjects(of repository: OpaquePointer) throws(GitError) {
    guard environment.objectDirectory != nil || !environment.alternateObjectDirectories.isEmpty else {
      return
    }
    let operation = "open the object database"
    let objects = try Handle(to: operation, freedBy: git_odb_free) {
      guard let folder = environment.objectDirectory else { return git_repository_odb(&$0, repository) }
      return git_odb_open(&$0, folder)
    }
    for folder in environment.alternateObjectDirectories {
      let code = git_odb_add_disk_alternate(objects.pointer, folder)
      try LibraryFailure.check(code, to: operation)
    }
    try LibraryFailure.check(git_repository_set_odb(repository, objects.pointer), to: operation)
  }
}

extension LibraryOpening {
  private func explained(_ failure: LibraryFailure, at path: String) -> GitError {
    let error = failure.error(Self.operation)
    switch error.cause {
    case .notARepository: return GitError(Self.operation, .notARepository(path))
    case .notOwned: return GitError(Self.operation, .notOwned(path: OwnedFolder(from: path, environment)?.path))
    case .unsupportedExtension(let name, nil):
      return GitError(Self.operation, .unsupportedExtension(name, value: extensionValue(name, from: path)))
    case .library(GIT_ENOTFOUND.rawValue, _, _) where failure.text.contains("failed to resolve path"):
      guard let gone = failure.quoted, gone != path else {
        return GitError(Self.operation, .notARepository(path))
      }
      return GitError(Self.operation, .movedWorkTree(gone))
    default: return error
    }
  }

  /// The value of an extension in the repository's own configuration, which can be read without opening it.
  private func extensionValue(_ name: String, from path: String) -> String? {
    guard let folder = OwnedFolder(from: path, environment)?.commonDirectory,
      let settings = try? LibraryConfiguration.settings(ofFile: folder + "/config")
    else { return nil }
    return settings.last { $0.name == "extensions.\(name)" }?.value
  }
}
