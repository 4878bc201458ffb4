internal import CLibgit2

extension Repository {
  /// A switch of the configuration.
  func setting(_ name: String, default standard: Bool = false) throws(GitError) -> Bool {
    var value: Int32 = 0
    let isFound = try found { git_config_get_bool(&value, $0, name) }
    return isFound ? value != 0 : standard
  }

  /// A path of the configuration, `~` expanded; `nil` when it is not set.
  func path(ofSetting name: String) throws(GitError) -> String? {
    var buffer = git_buf()
    defer { git_buf_dispose(&buffer) }
    guard try found({ git_config_get_path(&buffer, $0, name) }), let text = buffer.ptr else { return nil }
    return String(cString: text)
  }

  /// The setting commonly stands in the private configuration of a work tree, which libgit2 1.5.1 does not
  /// read.
  func isSparseCheckout() throws(GitError) -> Bool {
    if let knownSparseCheckout { return knownSparseCheckout }
    let own = gitDirectory + "/config.worktree"
    var isSparse = try setting("core.sparsecheckout")
    if own.isExistingPath {
      var value: Int32 = 0
      let isFound = try found(
        in: { git_config_open_ondisk(&$0, own) }, { git_config_get_bool(&value, $0, "core.sparsecheckout") })
      if isFound { isSparse = value != 0 }
    }
    knownSparseCheckout = isSparse
    return isSparse
  }

  private func found(_ get: (OpaquePointer) -> Int32) throws(GitError) -> Bool {
    try found(in: { git_repository_config_snapshot(&$0, handle.pointer) }, get)
  }

  private func found(
    in open: (inout OpaquePointer?) -> Int32, _ get: (OpaquePointer) -> Int32
  ) throws(GitError) -> Bool {
    let operation = "read the configuration"
    let config = try Handle(to: operation, freedBy: git_config_free, open)
    let code = get(config.pointer)
    if code == GIT_ENOTFOUND.rawValue {
      git_error_clear()
      return false
    }
    try LibraryFailure.check(code, to: operation)
    return true
  }
}
