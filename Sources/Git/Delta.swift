internal import CLibgit2

/// One entry of a comparison by libgit2, copied out of it.
struct Delta {
  let path: [UInt8]
  let old: FileVersion?
  let new: FileVersion?

  private init(_ delta: git_diff_delta) {
    func version(_ file: git_diff_file) -> FileVersion {
      FileVersion(content: .blob(ObjectID(file.id)), mode: FileMode(UInt32(file.mode)))
    }
    path = Array(cString: delta.new_file.path)
    old = delta.status != GIT_DELTA_ADDED && delta.old_file.mode != 0 ? version(delta.old_file) : nil
    new = delta.status != GIT_DELTA_DELETED && delta.new_file.mode != 0 ? version(delta.new_file) : nil
  }

  /// Runs a comparison; no rename is looked for, since that reads blobs and fails as a whole when one is
  /// missing.
  static func all(
    to operation: String, _ compare: (inout OpaquePointer?, inout git_diff_options) -> Int32
  ) throws(GitError) -> [Delta] {
    var options = git_diff_options()
    let code = git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION))
    try LibraryFailure.check(code, to: operation)
    options.flags = GIT_DIFF_INCLUDE_TYPECHANGE.rawValue | GIT_DIFF_SKIP_BINARY_CHECK.rawValue
    let difference = try Handle(to: operation, freedBy: git_diff_free) { compare(&$0, &options) }
    return (0..<git_diff_num_deltas(difference.pointer)).compactMap {
      git_diff_get_delta(difference.pointer, $0).map { Delta($0.pointee) }
    }
  }
}
