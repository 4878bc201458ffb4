internal import CGitShim
internal import CLibgit2

extension Repository {
  /// Where the index is, absolute: what a git command beside us must be told to read the same one.
  package var indexPath: String { indexFile ?? gitDirectory + "/index" }

  /// The index that GIT_INDEX_FILE names, else the repository's own; read once.
  ///
  /// libgit2 takes a file that is missing for an empty index, and every file for deleted. Only before the
  /// first commit can a repository do without one.
  package func index() throws(GitError) -> IndexListing {
    if let loadedIndex { return loadedIndex }
    guard workTree != nil || indexFile != nil else { throw GitError("read the index", .bare) }
    let path = indexPath
    if !path.isExistingPath {
      let isNewRepository = try path == gitDirectory + "/index" ? head() == nil : false
      guard isNewRepository else { throw GitError("read the index", .missingIndex(path)) }
    }
    // Before it is read: a moment too early only costs a closer look.
    let written = OpenFile(path)?.status?.modified ?? Moment(seconds: 0, nanoseconds: 0)
    let opened = try Handle(to: "read the index", freedBy: git_index_free) {
      precede_git_index_open(&$0, path)
    }
    try LibraryFailure.check(git_repository_set_index(handle.pointer, opened.pointer), to: "read the index")
    let listing = IndexListing(opened, written: written)
    loadedIndex = listing
    return listing
  }
}
