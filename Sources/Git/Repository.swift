internal import CLibgit2

/// A repository that is only ever read: no lock, no index refresh, no write, no process.
///
/// Not to be shared between threads; open one a task.
package final class Repository {
  /// Absolute, without a slash at the end. In a linked work tree its private folder.
  package let gitDirectory: String
  /// Absolute, without a slash at the end; `nil` when the repository is bare.
  package let workTree: String?
  /// What all linked work trees share; else equal to `gitDirectory`.
  let commonDirectory: String
  /// Commits whose parents were left out of this clone: the `shallow` file.
  let shallowCommits: Set<ObjectID>
  /// Of the variable GIT_INDEX_FILE, absolute.
  let indexFile: String?

  let handle: Handle
  let objects: Handle
  var loadedIndex: IndexListing?
  var readCommits: [ObjectID: Commit] = [:]
  var knownSparseCheckout: Bool?

  init(_ handle: consuming Handle, indexFile: String?, shallowFile: String?) throws(GitError) {
    let repository = handle.pointer
    gitDirectory = try Self.folder(git_repository_path(repository)) ?? ""
    workTree = try Self.folder(git_repository_workdir(repository))
    commonDirectory = try Self.folder(git_repository_commondir(repository)) ?? gitDirectory
    shallowCommits = try Self.commits(in: shallowFile ?? commonDirectory + "/shallow")
    self.indexFile = indexFile
    objects = try Handle(to: "open the object database", freedBy: git_odb_free) {
      git_repository_odb(&$0, repository)
    }
    self.handle = handle
  }

  /// The commit that HEAD names; `nil` before the first commit.
  package func head() throws(GitError) -> ObjectID? {
    var reference: OpaquePointer?
    let code = git_repository_head(&reference, handle.pointer)
    defer { git_reference_free(reference) }
    if code == GIT_EUNBORNBRANCH.rawValue {
      git_error_clear()
      return nil
    }
    try LibraryFailure.check(code, to: "read HEAD")
    guard let target = git_reference_target(reference) else {
      throw GitError("read HEAD", .unknownRevision("HEAD", inShallowClone: false))
    }
    return ObjectID(target.pointee)
  }

  /// Refuses a path that a String would change, so that no other folder is taken for an empty one.
  private static func folder(_ path: UnsafePointer<CChar>?) throws(GitError) -> String? {
    guard let path else { return nil }
    guard let text = String(validatingCString: path) else {
      throw GitError(
        "open the repository", .unreadableFile(path: Array(cString: path), "its path is not UTF-8"))
    }
    return text.count > 1 && text.hasSuffix("/") ? String(text.dropLast()) : text
  }

  /// One id a line; a clone with its whole history has no such file.
  private static func commits(in shallowFile: String) throws(GitError) -> Set<ObjectID> {
    guard shallowFile.isExistingPath else { return [] }
    guard let bytes = OpenFile(shallowFile)?.bytes(first: .max) else {
      throw GitError("read \(shallowFile)", .unreadableFile(path: Array(shallowFile.utf8), lastSystemError))
    }
    return Set(bytes.split(separator: UInt8(ascii: "\n")).compactMap { ObjectID(hexDigits: $0) })
  }
}
