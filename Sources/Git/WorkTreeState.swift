/// How a file of the work tree is, where it is not as the index has it.
enum WorkTreeState {
  case missing
  case file(FileMode)
  case conflict(FileMode?)

  var mode: FileMode? {
    switch self {
    case .missing: nil
    case .file(let mode): mode
    case .conflict(let mode): mode
    }
  }
}

extension Repository {
  /// The index against the work tree, untracked files included.
  ///
  /// Our own, because libgit2's takes another size for another content where line ends are converted, and
  /// asks for ignored files on the way, which a line of `.gitignore` can crash (1.5.1).
  func workTreeStates(under folder: [UInt8]) throws(GitError) -> [[UInt8]: WorkTreeState] {
    let workTree = try tree(for: "list the work tree")
    let index = try index()
    var states: [[UInt8]: WorkTreeState] = [:]
    for (path, mode) in try untrackedFiles(under: folder) { states[path] = .file(mode) }
    var reader = WorkTreeReader(workTree)
    let rules = FileModeRules(
      areModesTrusted: try setting("core.filemode", default: true),
      hasLinks: try setting("core.symlinks", default: true))
    for entry in index.entries where entry.path.isBelow(folder) {
      if entry.version.mode == .gitlink && !entry.isConflict { continue }
      let found = try reader.status(of: entry.path)
      if try isTakenFromIndex(entry, isPresent: found != nil) { continue }
      guard let found else {
        states[entry.path] = entry.isConflict ? .conflict(nil) : .missing
        continue
      }
      let mode = rules.mode(of: found.mode, recorded: entry.version.mode)
      if entry.isConflict {
        states[entry.path] = .conflict(mode)
      } else if mode != entry.version.mode {
        states[entry.path] = .file(mode)
      } else if try !isClean(entry, found, index, workTree) {
        states[entry.path] = .file(mode)
      }
    }
    return states
  }

  private func isClean(
    _ entry: IndexEntry, _ found: FileStatus, _ index: IndexListing, _ workTree: WorkTree
  ) throws(GitError) -> Bool {
    // A file as old as the index may have been written again in the same moment: git's "racy" problem.
    if entry.status.isSame(as: found), entry.status.modified < index.written { return true }
    return try isStored(entry.path, as: entry.version, workTree)
  }

  /// Whether git does not look at the file in the work tree. In a sparse checkout it does look at a skipped
  /// file that is there nevertheless: see git-update-index(1), "SKIP-WORKTREE BIT".
  func isTakenFromIndex(_ entry: IndexEntry, isPresent: Bool) throws(GitError) -> Bool {
    guard entry.standsForWorkTree else { return false }
    guard entry.isSkipped, isPresent else { return true }
    return try !isSparseCheckout()
  }
}

/// What kind of file is meant where the file system cannot tell.
private struct FileModeRules {
  let areModesTrusted: Bool
  let hasLinks: Bool

  func mode(of found: FileMode, recorded: FileMode) -> FileMode {
    if !areModesTrusted && found.isFile && recorded.isFile { return recorded }
    if !hasLinks && found.isFile && recorded == .symbolicLink { return recorded }
    return found
  }
}
