internal import CLibgit2

extension Repository {
  /// Whether the file of the work tree would be stored as this version, which has the same mode. Line ends
  /// are converted as the attributes say; no filter program is run.
  func isStored(_ path: [UInt8], as version: FileVersion, _ workTree: WorkTree) throws(GitError) -> Bool {
    guard case .blob(let id) = version.content else { return false }
    if version.mode == .symbolicLink {
      let target = workTree.target(ofLink: path)
      return try target == contents(of: id, as: GIT_OBJECT_BLOB)
    }
    guard version.mode.isFile else { return false }
    var found = git_oid()
    let full = Array(workTree.top.utf8).appending(name: path)
    let code = try full.withCString { (full) throws(GitError) in
      try path.withCString { (path) throws(GitError) in
        git_repository_hashfile(&found, handle.pointer, full, GIT_OBJECT_BLOB, path)
      }
    }
    try LibraryFailure.check(code, to: "read \(path.text)")
    return ObjectID(found) == id
  }
}
