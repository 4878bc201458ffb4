extension GitError {
  /// Why it failed: the end of the sentence `cannot <operation>: <reason>`.
  package var reason: String {
    switch cause {
    case .notARepository(let path): "\(path) is not in a git repository"
    case .movedWorkTree(let path): "\(path) does not exist"
    case .notOwned(let path?): "\(path) is owned by another user"
    case .notOwned(nil): "it is owned by another user"
    case .unsupportedExtension(let name, let value?):
      "the format '\(value)' of extensions.\(name) is not supported"
    case .unsupportedExtension(let name, nil): "extensions.\(name) is not supported"
    case .unsupportedEnvironment(let name): "\(name) is not supported"
    case .bareNotNamed(let path): "\(path) is a bare repository, which safe.bareRepository wants to be named"
    case .bare: "the repository is bare and has no index"
    case .missingIndex(let path): "the index file \(path) does not exist"
    case .unsupportedIndex(let trouble): trouble.reason
    case .unmerged(let path): "\(path.text) has unresolved merge conflicts"
    case .missingObject(let id?, _): "object \(id) is missing"
    case .missingObject(nil, _): "an object is missing"
    case .corruptObject(_, let text), .damagedReference(let text), .unsupportedVersion(let text): text
    case .unknownRevision(let name, _): "'\(name)' is not a revision"
    case .ambiguousRevision(let name): "'\(name)' may be more than one object"
    case .malformedRevision(let name): "'\(name)' is not a revision"
    case .notACommit(let name): "'\(name)' is not a commit"
    case .historyTooShort(let a, let b): "\(a) and \(b) have no common commit in this shallow clone"
    case .noSuchFile: "there is no such file"
    case .configuration(let text), .unreadableFile(_, let text), .library(_, _, let text), .command(let text):
      text
    }
  }
}

extension GitError.IndexTrouble {
  fileprivate var reason: String {
    switch self {
    case .split: "a split index is not supported"
    case .sparse: "a sparse index is not supported"
    case .checksum: "an index without a checksum is not supported"
    case .part(let name): "it has a part '\(name)' that is not supported"
    case .other(let text): text
    }
  }
}
