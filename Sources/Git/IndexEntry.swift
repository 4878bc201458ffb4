internal import CLibgit2

/// An entry of the index: see gitformat-index(5).
struct IndexEntry {
  let path: [UInt8]
  let version: FileVersion
  /// How the file was when git last looked at it.
  let status: FileStatus
  let isConflict: Bool
  /// `git add --intent-to-add`: the path is known, but nothing is staged.
  let isIntendedToAdd: Bool
  /// Left out of the work tree, by a sparse checkout for instance.
  let isSkipped: Bool
  /// Marked skip-worktree or assume-unchanged: git takes the index for the work tree.
  let standsForWorkTree: Bool

  init(_ entry: git_index_entry) {
    let extended = UInt32(entry.flags_extended)
    path = Array(cString: entry.path)
    version = FileVersion(content: .blob(ObjectID(entry.id)), mode: FileMode(entry.mode))
    status = FileStatus(
      mode: version.mode, size: entry.file_size, modified: Moment(entry.mtime), changed: Moment(entry.ctime),
      inode: entry.ino)
    isConflict = entry.flags & Self.stageMask != 0
    isIntendedToAdd = extended & GIT_INDEX_ENTRY_INTENT_TO_ADD.rawValue != 0
    isSkipped = extended & GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue != 0
    standsForWorkTree = isSkipped || entry.flags & Self.assumeValid != 0
  }

  private static let stageMask: UInt16 = 0x3000
  private static let assumeValid: UInt16 = 0x8000
}

extension Moment {
  fileprivate init(_ time: git_index_time) { self.init(seconds: time.seconds, nanoseconds: time.nanoseconds) }
}
