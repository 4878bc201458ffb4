extension Repository {
  /// The regular files that are in the work tree now, tracked or neither tracked nor ignored.
  package func workTreeFiles(under folder: [UInt8]) throws(GitError) -> [[UInt8]] {
    let index = try index()
    let states = try workTreeStates(under: folder)
    var files = Set(states.lazy.filter { $0.value.mode?.isFile == true }.map(\.key))
    let workTree = try tree(for: "list the work tree")
    for entry in index.entries where entry.version.mode.isFile && entry.path.isBelow(folder) {
      guard states[entry.path] == nil else { continue }
      if entry.standsForWorkTree {
        // Nobody has looked at it, so it may be gone.
        guard workTree.mode(of: entry.path)?.isFile == true else { continue }
        if entry.isSkipped, try !isSparseCheckout() { continue }
      }
      files.insert(entry.path)
    }
    return files.sorted { $0.lexicographicallyPrecedes($1) }
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
