/// Asks for the status of many files of a work tree; quick when they come folder by folder, as in the index.
struct WorkTreeReader: ~Copyable {
  private let workTree: WorkTree
  private var folder: OpenFile?
  private var folderPath: ArraySlice<UInt8>?

  init(_ workTree: WorkTree) { self.workTree = workTree }

  /// `nil` when nothing is there, or a folder. What cannot be looked at is no deletion but an error.
  mutating func status(of path: [UInt8]) throws(GitError) -> FileStatus? {
    let end = path.lastIndex(of: slash)
    let parent = path[..<(end ?? 0)]
    if folderPath != parent {
      folder = workTree.folder(Array(parent))
      if folder == nil { try refuseUnlessAbsent(path) }
      folderPath = parent
    }
    guard folder != nil else { return nil }
    let name = Array(path[(end.map { $0 + 1 } ?? 0)...])
    guard let status = folder?.status(of: name) else {
      try refuseUnlessAbsent(path)
      return nil
    }
    let found = FileStatus(status)
    return found.mode.isFolder ? nil : found
  }

  private func refuseUnlessAbsent(_ path: [UInt8]) throws(GitError) {
    guard isLastErrorAbsence else {
      throw GitError("list the work tree", .unreadableFile(path: path, "\(path.text): \(lastSystemError)"))
    }
  }
}
