/// What the repository or the machine did wrong. People read it as `cannot <operation>: <reason>`.
package struct GitError: Error, Hashable, Sendable {
  /// What was tried, as an infinitive: "open the repository".
  package let operation: String
  package let cause: Cause

  init(_ operation: String, _ cause: Cause) {
    self.operation = operation
    self.cause = cause
  }

  /// Whether an argument was no name git knows, so that it may still be a path.
  package var isUnknownRevision: Bool {
    switch cause {
    case .unknownRevision, .malformedRevision: true
    default: false
    }
  }

  package enum Cause: Hashable, Sendable {
    /// No repository in the folder or above it.
    case notARepository(String)
    /// A linked work tree or a submodule points to a folder that is gone.
    case movedWorkTree(String)
    /// The repository is another user's; the path is what `safe.directory` must name.
    case notOwned(path: String?)
    case unsupportedExtension(String, value: String?)
    case unsupportedVersion(String)
    case unsupportedEnvironment(String)
    /// `safe.bareRepository` lets none be found by looking for it.
    case bareNotNamed(path: String)
    case configuration(String)
    /// Staged changes of a repository without a work tree.
    case bare
    case missingIndex(String)
    case unsupportedIndex(IndexTrouble)
    case unmerged(path: [UInt8])
    case missingObject(ObjectID?, Hole)
    case corruptObject(ObjectID?, String)
    case damagedReference(String)
    case unknownRevision(String, inShallowClone: Bool)
    case ambiguousRevision(String)
    case malformedRevision(String)
    /// The name is known, but of a tree or a blob.
    case notACommit(String)
    /// No merge base in a history that is cut: there may be one beyond the cut.
    case historyTooShort(ObjectID, ObjectID)
    /// Nothing that can be read there: no such file, a folder, a link, or a way through a link.
    case noSuchFile(path: [UInt8])
    case unreadableFile(path: [UInt8], String)
    case library(code: Int32, class: Int32, String)
    /// What the git command said.
    case command(String)
  }

  /// Why an index cannot be read.
  package enum IndexTrouble: Hashable, Sendable {
    case split, sparse
    /// Zeros in place of the checksum, as `index.skipHash` has it.
    case checksum
    /// A part that a reader must know, by its four letters.
    case part(String)
    case other(String)
  }

  /// Why an object is missing.
  package enum Hole: Hashable, Sendable {
    case shallowClone, partialClone, damage
    /// The folder of objects cannot be read by this user.
    case closedFolder(String)
  }
}

extension GitError {
  /// The error of an object that is missing or damaged, with its id where the words did not name it.
  func naming(_ id: ObjectID) -> GitError {
    switch cause {
    case .missingObject(nil, let hole): GitError(operation, .missingObject(id, hole))
    case .corruptObject(nil, let text): GitError(operation, .corruptObject(id, text))
    default: self
    }
  }
}
