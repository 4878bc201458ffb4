internal import CGitShim
internal import CLibgit2

/// An index that libgit2 has read.
final class LibraryIndex: IndexReader {
  fileprivate let handle: Handle

  fileprivate init(_ handle: consuming Handle) { self.handle = handle }

  var count: Int { git_index_entrycount(handle.pointer) }

  subscript(number: Int) -> IndexEntry {
    // Never `nil` below the count.
    IndexEntry(git_index_get_byindex(handle.pointer, number).pointee)
  }

  func entry(at path: [UInt8], stage: Int) -> IndexEntry? {
    let entry = path.withCString { path in
      git_index_get_bypath(handle.pointer, path, Int32(stage)).map { IndexEntry($0.pointee) }
    }
    // With core.ignoreCase the library finds `A` when asked for `a`.
    return entry?.path == path ? entry : nil
  }

  var hasConflicts: Bool { git_index_has_conflicts(handle.pointer) == 1 }
}

extension LibraryBackend {
  func index() throws(GitError) -> any IndexReader {
    if let large = try largeIndex() { return large }
    return try libraryIndex()
  }

  func indexDeltas(from tree: ObjectID?) throws(GitError) -> [Delta] {
    if let large = try largeIndex() {
      return try IndexDifference.deltas(from: tree, to: large) { [self] (id) throws(GitError) in
        try Tree(id, contents(of: id, first: .max).bytes)
      }
    }
    let index = try libraryIndex()
    var root: Handle?
    if let tree {
      var libraryID = tree.libraryID
      do throws(GitError) {
        root = try Handle(to: "read tree \(tree)", freedBy: git_tree_free) {
          git_tree_lookup(&$0, handle.pointer, &libraryID)
        }
      } catch {
        throw error.naming(tree)
      }
    }
    return try Delta.all(to: "compare the index") {
      git_diff_tree_to_index(&$0, handle.pointer, root?.pointer, index.handle.pointer, &$1)
    }
  }

  /// An index that would take libgit2 longer than all the rest, which hashes it and walks every entry of it.
  private func largeIndex() throws(GitError) -> IndexFile? {
    if let mappedIndex { return mappedIndex }
    guard loadedIndex == nil, let size = OpenFile(layout.indexPath)?.size, size > Self.largestHashed else { return nil }
    mappedIndex = try IndexFile(layout.indexPath)
    return mappedIndex
  }

  /// Bytes, of some 5,000 files.
  private static let largestHashed = 512 * 1024

  private func libraryIndex() throws(GitError) -> LibraryIndex {
    if let loadedIndex { return loadedIndex }
    let operation = "read the index"
    let path = layout.indexPath
    let opened: Handle
    do throws(GitError) {
      opened = try Handle(to: operation, freedBy: git_index_free) { precede_git_index_open(&$0, path) }
    } catch {
      throw error.telling(ofIndexAt: path)
    }
    try LibraryFailure.check(git_repository_set_index(handle.pointer, opened.pointer), to: operation)
    let index = LibraryIndex(opened)
    loadedIndex = index
    return index
  }
}

extension GitError {
  /// libgit2 1.5.1 takes the zeros that `index.skipHash` writes for a wrong checksum, which would be damage, and says of
  /// a file that is too short that there is none.
  fileprivate func telling(ofIndexAt path: String) -> GitError {
    switch cause {
    case .unsupportedIndex(.checksum):
      guard let bytes = OpenFile(path)?.bytes(first: .max), bytes.suffix(20).contains(where: { $0 != 0 }) else {
        return self
      }
      return GitError(operation, .unsupportedIndex(.other("its checksum does not match")))
    case .unsupportedIndex(.other(let text)) where text.contains("no longer exists") && path.isExistingPath:
      return GitError(operation, .unsupportedIndex(.other("it is too short")))
    default: return self
    }
  }
}

extension IndexEntry {
  fileprivate init(_ entry: git_index_entry) {
    self.init(
      path: Array(cString: entry.path),
      version: FileVersion(content: .blob(ObjectID(entry.id)), mode: FileMode(entry.mode)),
      flags: UInt32(entry.flags) | UInt32(entry.flags_extended) << 16, size: entry.file_size,
      modified: Moment(entry.mtime), changed: Moment(entry.ctime), inode: entry.ino)
  }
}

extension Moment {
  fileprivate init(_ time: git_index_time) { self.init(seconds: time.seconds, nanoseconds: time.nanoseconds) }
}

extension Delta {
  private init(_ delta: git_diff_delta) {
    func version(_ file: git_diff_file) -> FileVersion {
      FileVersion(content: .blob(ObjectID(file.id)), mode: FileMode(UInt32(file.mode)))
    }
    self.init(
      path: Array(cString: delta.new_file.path),
      old: delta.status != GIT_DELTA_ADDED && delta.old_file.mode != 0 ? version(delta.old_file) : nil,
      new: delta.status != GIT_DELTA_DELETED && delta.new_file.mode != 0 ? version(delta.new_file) : nil)
  }

  /// Runs a comparison; no rename is looked for, since that reads blobs and fails as a whole when one is
  /// missing.
  fileprivate static func all(
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
