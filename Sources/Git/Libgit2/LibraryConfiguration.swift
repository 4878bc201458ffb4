internal import CLibgit2

/// The files that git's configuration is made of. libgit2 finds most of them by itself, but not those that variables
/// name, nor in 1.5.1 the one of a single work tree: see git-config(1), "FILES".
struct LibraryConfiguration {
  let environment: HookEnvironment

  /// What the machine, the user and the environment set, but not the repository: "protected configuration".
  func protected() throws(GitError) -> [Setting] {
    let config = try Self.empty()
    for (path, level) in common { try Self.add(path, level, to: config.pointer, of: nil) }
    return try Setting.all(in: config.pointer) + environment.configuration
  }

  /// Makes a repository read the files that git would read.
  func set(of repository: OpaquePointer) throws(GitError) {
    let config = try Self.empty()
    let own = git_repository_commondir(repository).map { String(cString: $0) + "config" }
    let files = common + (own.map { [($0, GIT_CONFIG_LEVEL_LOCAL)] } ?? [])
    for (path, level) in files { try Self.add(path, level, to: config.pointer, of: repository) }
    var isPerWorkTree: Int32 = 0
    git_config_get_bool(&isPerWorkTree, config.pointer, "extensions.worktreeconfig")
    git_error_clear()
    if isPerWorkTree != 0, let folder = git_repository_path(repository) {
      // Its name depends on the version of libgit2, its rank does not.
      let level = git_config_level_t(GIT_CONFIG_LEVEL_LOCAL.rawValue + 1)
      try Self.add(String(cString: folder) + "config.worktree", level, to: config.pointer, of: repository)
    }
    try LibraryFailure.check(git_repository_set_config(repository, config.pointer), to: Setting.operation)
  }

  /// The settings of one file.
  static func settings(ofFile path: String) throws(GitError) -> [Setting] {
    let config = try empty()
    try add(path, GIT_CONFIG_LEVEL_LOCAL, to: config.pointer, of: nil)
    return try Setting.all(in: config.pointer)
  }

  private static func empty() throws(GitError) -> Handle {
    try Handle(to: Setting.operation, freedBy: git_config_free) { git_config_new(&$0) }
  }

  private static func add(
    _ path: String, _ level: git_config_level_t, to config: OpaquePointer, of repository: OpaquePointer?
  ) throws(GitError) {
    guard path.isExistingPath else { return }
    let code = git_config_add_file_ondisk(config, path, level, repository, 0)
    try LibraryFailure.check(code, to: Setting.operation)
  }

  /// The files of the machine and of the user.
  private var common: [(path: String, level: git_config_level_t)] {
    var files: [(String, git_config_level_t)] = []
    if let system { files.append((system, GIT_CONFIG_LEVEL_SYSTEM)) }
    if let named = environment.variables["GIT_CONFIG_GLOBAL"] { return files + [(named, GIT_CONFIG_LEVEL_GLOBAL)] }
    if let folder = environment.configurationFolder { files.append((folder + "/git/config", GIT_CONFIG_LEVEL_XDG)) }
    if let home = environment.value("HOME") { files.append((home + "/.gitconfig", GIT_CONFIG_LEVEL_GLOBAL)) }
    // As in git, that of a user who may not be asked is none.
    return files.filter { OpenFile($0.0) != nil }
  }

  private var system: String? {
    if Setting(name: "", value: environment.variables["GIT_CONFIG_NOSYSTEM"] ?? "").flag == true { return nil }
    if let named = environment.variables["GIT_CONFIG_SYSTEM"] { return named }
    var buffer = git_buf()
    defer {
      git_buf_dispose(&buffer)
      git_error_clear()
    }
    return git_config_find_system(&buffer) == 0 ? buffer.ptr.map { String(cString: $0) } : nil
  }
}

extension HookEnvironment {
  /// Where programs keep what the user configures: see "$XDG_CONFIG_HOME" in git-config(1).
  var configurationFolder: String? { value("XDG_CONFIG_HOME") ?? value("HOME").map { $0 + "/.config" } }
}
