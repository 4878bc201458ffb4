extension Repository {
  /// The regular files that are in the work tree now, tracked or neither tracked nor ignored.
  package func workTreeFiles(under folder: [UInt8]) throws(GitError) -> [[UInt8]] {
    try workTreeEntries(under: folder).filter(\.mode.isFile).map(\.path)
  }

  /// The same with symbolic links, for a copy of the work tree.
  package func workTreeEntries(under folder: [UInt8]) throws(GitError) -> [(path: [UInt8], mode: FileMode)] {
    let index = try index()
    let states = try workTreeStates(under: folder)
    var modes = states.compactMapValues(\.mode).filter { $0.value.isFileOrLink }
    let workTree = try tree(for: "list the work tree")
    for entry in index.entries where entry.version.mode.isFileOrLink && entry.path.isBelow(folder) {
      guard states[entry.path] == nil else { continue }
      if entry.standsForWorkTree {
        // Nobody has looked at it, so it may be gone.
        guard workTree.mode(of: entry.path)?.isFileOrLink == true else { continue }
        if entry.isSkipped, try !isSparseCheckout() { continue }
      }
      modes[entry.path] = entry.version.mode
    }
    return modes.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { (path: $0.key, mode: $0.value) }
  }

  /// Whether a file of the work tree is tracked, or neither tracked nor ignored.
  package func isListed(workTreeFile path: [UInt8]) throws(GitError) -> Bool {
    if try index().entry(at: path) != nil { return true }
    let folder = Array(path[..<(path.lastIndex(of: slash) ?? 0)])
    return try untrackedFiles(under: folder).contains { $0.path == path }
  }

  /// The files below a folder that the index has, whatever is in the work tree now.
  package func trackedFiles(under folder: [UInt8]) throws(GitError) -> [[UInt8]] {
    try index().entries.filter { $0.version.mode.isFile && $0.path.isBelow(folder) }.map(\.path)
  }

  /// What a symbolic link of the work tree holds; `nil` when there is none.
  package func target(ofWorkTreeLink path: [UInt8]) throws(GitError) -> [UInt8]? {
    try tree(for: "read \(path.text)").target(ofLink: path)
  }

  /// The bytes of a file as it is in the work tree now. `limit` in bytes.
  package func contents(ofWorkTreeFile path: [UInt8], limit: Int) throws(GitError) -> Blob {
    try tree(for: "read \(path.text)").contents(of: path, limit: limit)
  }

  func tree(for operation: String) throws(GitError) -> WorkTree {
    guard let workTree else { throw GitError(operation, .bare) }
    return WorkTree(top: workTree)
  }
}

extension FileMode {
  fileprivate var isFileOrLink: Bool { isFile || self == .symbolicLink }
}
