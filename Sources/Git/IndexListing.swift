internal import CLibgit2

/// The files of the index: what the next commit will hold.
package final class IndexListing: FileListing {
  let handle: Handle
  /// When the file was written, at the latest; what was written then or later may have changed unnoticed.
  let written: Moment

  init(_ handle: consuming Handle, written: Moment) {
    self.handle = handle
    self.written = written
  }

  /// A file with merge conflicts is an error: no version of it is staged.
  package func file(at path: [UInt8]) throws(GitError) -> FileVersion? {
    if let entry = try entry(at: path) { return entry.isIntendedToAdd ? nil : entry.version }
    for stage in 1...3 where try entry(at: path, stage: Int32(stage)) != nil {
      throw GitError(Self.check, .unmerged(path: path))
    }
    return nil
  }

  package func files(under folder: [UInt8]) throws(GitError) -> [(path: [UInt8], version: FileVersion)] {
    var files: [(path: [UInt8], version: FileVersion)] = []
    for entry in entries where entry.path.isBelow(folder) && !entry.isIntendedToAdd {
      guard !entry.isConflict else { throw GitError(Self.check, .unmerged(path: entry.path)) }
      files.append((entry.path, entry.version))
    }
    return files.sorted { $0.path.lexicographicallyPrecedes($1.path) }
  }

  func entry(at path: [UInt8], stage: Int32 = 0) throws(GitError) -> IndexEntry? {
    let entry = try path.withCString { (path) throws(GitError) in
      git_index_get_bypath(handle.pointer, path, stage).map { IndexEntry($0.pointee) }
    }
    // With core.ignoreCase the library finds `A` when asked for `a`.
    return entry?.path == path ? entry : nil
  }

  /// In the order of the index; a file with conflicts comes once for each of its versions.
  var entries: some Sequence<IndexEntry> {
    (0..<git_index_entrycount(handle.pointer)).lazy.compactMap { [self] in
      git_index_get_byindex(handle.pointer, $0).map { IndexEntry($0.pointee) }
    }
  }

  func refuseConflicts() throws(GitError) {
    guard git_index_has_conflicts(handle.pointer) == 1 else { return }
    for entry in entries where entry.isConflict { throw GitError(Self.check, .unmerged(path: entry.path)) }
  }

  private static let check = "check the index"
}
