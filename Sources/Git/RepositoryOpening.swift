internal import CLibgit2

extension Repository {
  /// Finds and opens the repository as git would in the current directory `directory`, an absolute path.
  ///
  /// The variables are applied by hand: `GIT_REPOSITORY_OPEN_FROM_ENV` refuses GIT_WORK_TREE or takes a wrong
  /// work tree or a wrong index (libgit2 1.5.1 and 1.9.7).
  package static func open(
    from directory: String, environment: HookEnvironment
  ) throws(GitError) -> Repository {
    try RepositoryOpening(directory: directory, environment: environment).repository()
  }
}

/// One attempt to open a repository, step by step in git's order.
private struct RepositoryOpening {
  let directory: String
  let environment: HookEnvironment
  private static let operation = "open the repository"

  func repository() throws(GitError) -> Repository {
    try Library.start()
    guard environment.commonDirectory == nil else {
      throw GitError(Self.operation, .unsupportedEnvironment("GIT_COMMON_DIR"))
    }
    let handle = try found()
    try setWorkTree(of: handle.pointer)
    try setObjects(of: handle.pointer)
    // A relative index file counts from the top of the work tree, wherever a hook has gone since.
    let top = git_repository_workdir(handle.pointer).map { String(cString: $0) } ?? directory
    let indexFile = environment.indexFile.map { absolute($0, from: top) }
    let shallowFile = environment.shallowFile.map { absolute($0, from: directory) }
    return try Repository(handle, indexFile: indexFile, shallowFile: shallowFile)
  }

  private func found() throws(GitError) -> Handle {
    let path = environment.gitDirectory.map { absolute($0, from: directory) } ?? directory
    let flags =
      environment.gitDirectory == nil
      ? 0 : GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue | GIT_REPOSITORY_OPEN_NO_DOTGIT.rawValue
    var opened: OpaquePointer?
    let code = git_repository_open_ext(&opened, path, flags, environment.ceilingDirectories)
    if code < 0 { throw explained(LibraryFailure.last(code: code), at: path) }
    return try Handle(to: Self.operation, freedBy: git_repository_free) {
      $0 = opened
      return code
    }
  }

  /// In a hook of a repository made with `--separate-git-dir` GIT_DIR alone is set; the library would then
  /// take the parent of that folder for the work tree, git takes the current directory.
  private func setWorkTree(of repository: OpaquePointer) throws(GitError) {
    let workTree: String
    if let named = environment.workTree {
      workTree = absolute(named, from: directory)
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
    let config = try Handle(to: "read the configuration", freedBy: git_config_free) {
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
      return git_odb_open(&$0, absolute(folder, from: directory))
    }
    for folder in environment.alternateObjectDirectories {
      let code = git_odb_add_disk_alternate(objects.pointer, absolute(folder, from: directory))
      try LibraryFailure.check(code, to: operation)
    }
    try LibraryFailure.check(git_repository_set_odb(repository, objects.pointer), to: operation)
  }

  private func absolute(_ path: String, from folder: String) -> String {
    if path.hasPrefix("/") { return path }
    return folder.hasSuffix("/") ? folder + path : folder + "/" + path
  }
}

extension RepositoryOpening {
  private func explained(_ failure: LibraryFailure, at path: String) -> GitError {
    let error = failure.error(Self.operation)
    switch error.cause {
    case .notARepository: return GitError(Self.operation, .notARepository(path))
    case .notOwned: return GitError(Self.operation, .notOwned(path: OwnedFolder.found(from: path)))
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
    guard let folder = OwnedFolder.gitDirectory(from: path) else { return nil }
    var config: OpaquePointer?
    defer { git_error_clear() }
    guard git_config_open_ondisk(&config, folder + "/config") == 0, let config else { return nil }
    defer { git_config_free(config) }
    var snapshot: OpaquePointer?
    guard git_config_snapshot(&snapshot, config) == 0, let snapshot else { return nil }
    defer { git_config_free(snapshot) }
    var value: UnsafePointer<CChar>?
    guard git_config_get_string(&value, snapshot, "extensions.\(name)") == 0 else { return nil }
    return value.map { String(cString: $0) }
  }
}
