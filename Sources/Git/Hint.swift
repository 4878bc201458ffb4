extension GitError {
  /// What the user can do about it.
  package var hint: String? {
    switch cause {
    case .notARepository: "run inside a git repository"
    case .movedWorkTree: "run `git worktree repair` in the main work tree"
    case .notOwned(let path): "run `git config --global --add safe.directory \(path ?? "<path>")`"
    case .unsupportedExtension, .unsupportedVersion: "put a git on PATH that reads this format"
    case .bareNotNamed(let path): "set GIT_DIR=\(path)"
    case .bare: "name a revision range, or set GIT_INDEX_FILE"
    case .missingIndex: "run `git reset` to build it again"
    case .unsupportedIndex(let trouble): trouble.hint
    case .unmerged: "resolve the conflict and run `git add`"
    case .missingObject(let id, let hole): hole.hint(for: id)
    case .corruptObject: "run `git fsck`"
    case .damagedReference: "run `git fsck`; `git reflog` tells where a branch was"
    case .unknownRevision(_, inShallowClone: true): "fetch more history: \(wholeHistory)"
    case .ambiguousRevision: "give more digits of the id"
    case .historyTooShort:
      "fetch more history: \(wholeHistory); or compare the two commits themselves with `A..B`"
    case .unsupportedEnvironment, .configuration, .unknownRevision, .malformedRevision,
      .notACommit, .noSuchFile, .unreadableFile, .library,
      .command:
      nil
    }
  }
}

extension GitError.IndexTrouble {
  fileprivate var hint: String? {
    switch self {
    case .split: "put git on PATH, which reads it, or run `git update-index --no-split-index`"
    case .sparse: "put git on PATH, which reads it, or run `git sparse-checkout reapply --no-sparse-index`"
    case .checksum:
      "put git on PATH, which reads it, or run `git -c index.skipHash=false update-index --force-write-index`"
    case .part: "put a git on PATH that reads this format"
    case .other: "build a damaged index again with `rm .git/index` and `git reset`"
    }
  }
}

extension GitError.Hole {
  fileprivate func hint(for id: ObjectID?) -> String {
    switch (self, id) {
    case (.shallowClone, let id?):
      "run `git fetch --no-tags --depth=1 origin \(id)`; a full clone also does: \(wholeHistory)"
    case (.shallowClone, nil): "fetch more history: \(wholeHistory)"
    case (.partialClone, _): "fetch the missing objects with `git fetch --refetch`, or clone without --filter"
    case (.damage, _): "run `git fsck`"
    case (.closedFolder(let path), _): "let this user read \(path)"
    }
  }
}

private let wholeHistory =
  "`git fetch --unshallow`, `fetch-depth: 0` in GitHub Actions, `GIT_DEPTH: 0` in GitLab"
