extension Repository {
  /// Whether the file of the work tree would be stored as this version, which has the same mode.
  func isStored(_ path: [UInt8], as version: FileVersion, _ workTree: WorkTree) throws(GitError) -> Bool {
    guard case .blob(let id) = version.content else { return false }
    if version.mode == .symbolicLink {
      let target = workTree.target(ofLink: path)
      return try target == contents(of: id, as: .blob)
    }
    guard version.mode.isFile else { return false }
    // libgit2 looks for attributes in the index too, so that it must be able to read that.
    let reader = try index().backend
    return try ask(reader) { (backend) throws(GitError) in try backend.storedID(of: path, in: workTree) } == id
  }
}
