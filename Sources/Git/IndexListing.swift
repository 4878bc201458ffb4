/// The files of the index: what the next commit will hold.
package final class IndexListing: FileListing {
  private let reader: any IndexReader
  /// The back end that has read it, to ask further questions about it.
  let backend: any Backend
  /// When the file was written, at the latest; what was written then or later may have changed unnoticed.
  let written: Moment

  init(_ reader: any IndexReader, by backend: any Backend, written: Moment) {
    self.reader = reader
    self.backend = backend
    self.written = written
  }

  /// A file with merge conflicts is an error: no version of it is staged.
  package func file(at path: [UInt8]) throws(GitError) -> FileVersion? {
    if let entry = entry(at: path) { return entry.isIntendedToAdd ? nil : entry.version }
    for stage in 1...3 where entry(at: path, stage: stage) != nil {
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

  func entry(at path: [UInt8], stage: Int = 0) -> IndexEntry? { reader.entry(at: path, stage: stage) }

  /// In the order of the index; a file with conflicts comes once for each of its versions.
  var entries: some Sequence<IndexEntry> { (0..<reader.count).lazy.map { [reader] in reader[$0] } }

  func refuseConflicts() throws(GitError) {
    guard reader.hasConflicts else { return }
    for entry in entries where entry.isConflict { throw GitError(Self.check, .unmerged(path: entry.path)) }
  }

  private static let check = "check the index"
}

extension Repository {
  /// Where the index is, absolute: what a git command beside us must be told to read the same one.
  package var indexPath: String { layout.indexPath }

  /// The index that GIT_INDEX_FILE names, else the repository's own; read once.
  ///
  /// libgit2 takes a file that is missing for an empty index, and every file for deleted. Only before the
  /// first commit can a repository do without one.
  package func index() throws(GitError) -> IndexListing {
    if let loadedIndex { return loadedIndex }
    guard workTree != nil || layout.indexFile != nil else { throw GitError("read the index", .bare) }
    let path = indexPath
    if !path.isExistingPath {
      let isNewRepository = try path == gitDirectory + "/index" ? head() == nil : false
      guard isNewRepository else { throw GitError("read the index", .missingIndex(path)) }
    }
    // Before it is read: a moment too early only costs a closer look.
    let written = OpenFile(path)?.status?.modified ?? Moment(seconds: 0, nanoseconds: 0)
    let listing = try ask { (backend) throws(GitError) in
      IndexListing(try backend.index(), by: backend, written: written)
    }
    loadedIndex = listing
    return listing
  }
}
