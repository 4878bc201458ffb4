internal import CLibgit2

extension LibraryBackend {
  func flag(_ setting: String) throws(GitError) -> Bool? {
    var value: Int32 = 0
    return try isFound { git_config_get_bool(&value, $0, setting) } ? value != 0 : nil
  }

  /// All names are walked, since libgit2 1.5.1 loses 20 KB for every name that does not match a pattern.
  func settings(startingWith prefix: String) throws(GitError) -> [Setting] {
    let config = try snapshot()
    return try Setting.all(in: config.pointer).filter { $0.name.hasPrefix(prefix) }
  }

  private func isFound(_ get: (OpaquePointer) -> Int32) throws(GitError) -> Bool {
    let config = try snapshot()
    let code = get(config.pointer)
    if code == GIT_ENOTFOUND.rawValue {
      git_error_clear()
      return false
    }
    try LibraryFailure.check(code, to: Setting.operation)
    return true
  }

  private func snapshot() throws(GitError) -> Handle {
    try Handle(to: Setting.operation, freedBy: git_config_free) {
      git_repository_config_snapshot(&$0, handle.pointer)
    }
  }
}

extension Setting {
  /// Of a configuration of libgit2, in the order of its files.
  static func all(in config: OpaquePointer) throws(GitError) -> [Setting] {
    var iterator: OpaquePointer?
    try LibraryFailure.check(git_config_iterator_new(&iterator, config), to: operation)
    defer { git_config_iterator_free(iterator) }
    var settings: [Setting] = []
    var entry: UnsafeMutablePointer<git_config_entry>?
    while true {
      let code = git_config_next(&entry, iterator)
      if code == GIT_ITEROVER.rawValue { break }
      try LibraryFailure.check(code, to: operation)
      guard let entry, let name = entry.pointee.name else { continue }
      settings.append(
        Setting(name: String(cString: name), value: entry.pointee.value.map { String(cString: $0) } ?? ""))
    }
    git_error_clear()
    return settings
  }

  static let operation = "read the configuration"
}
