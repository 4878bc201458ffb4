extension Repository {
  /// What differs between a commit, or nothing, and the files that are in the work tree now. Untracked files
  /// count unless ignored. Files that git does not look at, skip-worktree and assume-unchanged, are taken
  /// from the index.
  ///
  /// Where a filter program or `working-tree-encoding` makes the stored bytes, a file that was only touched
  /// may be listed too, since no program is run here.
  package func workTreeChanges(since commit: ObjectID?) throws(GitError) -> [ChangedFile] {
    let index = try index()
    let workTree = try tree(for: "list the work tree")
    let states = try workTreeStates(under: [])
    let staged = try deltas(from: commit, to: index).map(\.path)
    let tree = try tree(of: commit)
    var changes: [ChangedFile] = []
    for path in Set(states.keys).union(staged) {
      let old = try tree.file(at: path)
      let new = try workTreeVersion(of: path, states[path], index, workTree)
      guard old != new else { continue }
      // It is not as the index has it, but it may still be as the commit has it.
      if let old, let new, case .file = states[path], old.mode == new.mode,
        try isStored(path, as: old, workTree)
      {
        continue
      }
      changes.append(ChangedFile(path: path, old: old, new: new))
    }
    return changes.sorted()
  }

  private func workTreeVersion(
    of path: [UInt8], _ state: WorkTreeState?, _ index: IndexListing, _ workTree: WorkTree
  ) throws(GitError) -> FileVersion? {
    if let state { return state.mode.map { FileVersion(content: .workTreeFile, mode: $0) } }
    guard let entry = index.entry(at: path) else { return nil }
    if entry.version.mode == .gitlink { return entry.version }
    if try isTakenFromIndex(entry, isPresent: workTree.mode(of: path) != nil) { return entry.version }
    return FileVersion(content: .workTreeFile, mode: entry.version.mode)
  }
}
