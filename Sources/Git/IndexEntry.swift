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
  /// 0, or of a file with conflicts 1 to 3.
  let stage: Int

  /// - Parameter flags: the flags of the format, those of version 3 in the upper half.
  init(
    path: [UInt8], version: FileVersion, flags: UInt32, size: UInt32, modified: Moment, changed: Moment, inode: UInt32
  ) {
    self.path = path
    self.version = version
    status = FileStatus(mode: version.mode, size: size, modified: modified, changed: changed, inode: inode)
    stage = Int(flags >> 12 & 3)
    isConflict = stage != 0
    isIntendedToAdd = flags & 1 << 29 != 0
    isSkipped = flags & 1 << 30 != 0
    standsForWorkTree = isSkipped || flags & 1 << 15 != 0
  }

  /// A file that is not in the work tree.
  init(skipped path: [UInt8], _ version: FileVersion) {
    let never = Moment(seconds: 0, nanoseconds: 0)
    self.init(path: path, version: version, flags: 1 << 30, size: 0, modified: never, changed: never, inode: 0)
  }
}
