extension Repository {
  /// What the next commit will change: HEAD, or the empty tree before the first commit, against the index.
  ///
  /// During `--amend` git compares with HEAD too, not with its parent; during a merge with the first parent.
  package func stagedChanges() throws(GitError) -> [ChangedFile] {
    let index = try index()
    try index.refuseConflicts()
    var changes: [ChangedFile] = []
    for delta in try deltas(from: try head(), to: index) {
      // Nothing of an intended addition is staged, though libgit2 lists it with the empty blob.
      let isIntended = index.entry(at: delta.path)?.isIntendedToAdd == true
      let new = isIntended ? nil : delta.new
      guard delta.old != new else { continue }
      changes.append(ChangedFile(path: delta.path, old: delta.old, new: new))
    }
    return changes.sorted()
  }

  /// A commit against the index, conflicts and intended additions included.
  func deltas(from commit: ObjectID?, to index: IndexListing) throws(GitError) -> [Delta] {
    let tree = try commit.map { (commit) throws(GitError) in try treeID(of: commit) }
    return try ask(index.backend) { (backend) throws(GitError) in try backend.indexDeltas(from: tree) }
  }
}
