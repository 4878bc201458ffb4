#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// What the index remembers of a file, to see without reading whether it has changed.
struct FileStatus {
  let mode: FileMode
  let size: UInt32
  let modified: Moment
  let changed: Moment
  let inode: UInt32

  init(_ status: stat) {
    mode = FileMode(UInt32(status.st_mode))
    // The index keeps the low 32 bits.
    size = UInt32(truncatingIfNeeded: status.st_size)
    inode = UInt32(truncatingIfNeeded: status.st_ino)
    #if canImport(Darwin)
      modified = Moment(status.st_mtimespec)
      changed = Moment(status.st_ctimespec)
    #else
      modified = Moment(status.st_mtim)
      changed = Moment(status.st_ctim)
    #endif
  }

  init(mode: FileMode, size: UInt32, modified: Moment, changed: Moment, inode: UInt32) {
    self.mode = mode
    self.size = size
    self.modified = modified
    self.changed = changed
    self.inode = inode
  }

  /// Stricter than git may be set to be: a difference here only costs a look at the content.
  func isSame(as other: FileStatus) -> Bool {
    size == other.size && modified == other.modified && changed == other.changed && inode == other.inode
  }
}

/// Seconds since 1970 and nanoseconds, as the index keeps them.
struct Moment: Comparable {
  let seconds: Int32
  let nanoseconds: UInt32

  init(seconds: Int32, nanoseconds: UInt32) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  init(_ time: timespec) {
    self.init(
      seconds: Int32(truncatingIfNeeded: time.tv_sec), nanoseconds: UInt32(truncatingIfNeeded: time.tv_nsec))
  }

  static func < (a: Moment, b: Moment) -> Bool {
    (a.seconds, a.nanoseconds) < (b.seconds, b.nanoseconds)
  }
}
