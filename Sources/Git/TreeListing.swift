/// The files of a commit. Only the folders on the way are opened.
package final class TreeListing: FileListing {
  private let repository: Repository
  /// `nil` is the empty tree.
  private let root: ObjectID?

  init(_ root: ObjectID?, in repository: Repository) {
    self.root = root
    self.repository = repository
  }

  package func file(at path: [UInt8]) throws(GitError) -> FileVersion? {
    let names = path.split(separator: slash, omittingEmptySubsequences: false)
    guard let name = names.last, let folder = try folder(names.dropLast()) else { return nil }
    return try Tree(folder, in: repository).entry(named: name)?.version
  }

  package func files(under folder: [UInt8]) throws(GitError) -> [(path: [UInt8], version: FileVersion)] {
    guard let start = try self.folder(folder.split(separator: slash)[...]) else { return [] }
    var files: [(path: [UInt8], version: FileVersion)] = []
    // A list of folders to visit and not recursion: depth must not cost stack.
    var waiting = [(path: folder, id: start)]
    while let (path, id) = waiting.popLast() {
      for entry in try Tree(id, in: repository).entries {
        let path = path.appending(name: Array(entry.name))
        if let folder = entry.folder { waiting.append((path, folder)) }
        if let version = entry.version { files.append((path, version)) }
      }
    }
    return files.sorted { $0.path.lexicographicallyPrecedes($1.path) }
  }

  /// The id of a folder, which is equal for equal files; `nil` when there is no such folder. The empty path is the top.
  package func id(ofFolder path: [UInt8]) throws(GitError) -> ObjectID? {
    try folder(path.split(separator: slash)[...])
  }

  private func folder(_ names: ArraySlice<ArraySlice<UInt8>>) throws(GitError) -> ObjectID? {
    var folder = root
    for name in names {
      guard let current = folder else { return nil }
      folder = try Tree(current, in: repository).entry(named: name)?.folder
    }
    return folder
  }
}

extension Repository {
  /// The files of a commit or tree; of no commit, nothing.
  package func tree(of commit: ObjectID?) throws(GitError) -> TreeListing {
    guard let commit else { return TreeListing(nil, in: self) }
    return TreeListing(try treeID(of: commit), in: self)
  }
}
