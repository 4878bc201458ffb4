internal import CLibgit2

extension Repository {
  /// The commit that a name means. The steps to parents at its end are gone here and not in libgit2, which
  /// differs between versions at the cut of a shallow clone.
  func commitID(_ name: String) throws(GitError) -> ObjectID {
    // `A^@` is all parents; libgit2 1.5.1 reads it as the first one. `:path` names no commit.
    guard let (start, steps) = RevisionStep.split(name), !start.hasSuffix("^@"),
      !start.hasPrefix(":") || start.hasPrefix(":/")
    else {
      throw GitError("find the revision '\(name)'", .malformedRevision(name))
    }
    var id = try namedCommit(start, in: name)
    for step in steps {
      switch step {
      case .back(let count):
        for _ in 0..<count { id = try knownParent(1, of: id, named: name) }
      case .parent(let number):
        if number > 0 { id = try knownParent(number, of: id, named: name) }
      }
    }
    return id
  }

  /// The parent of a commit, counted from 1; `nil` when it has none. One that was left out of a shallow clone
  /// is an error that names it.
  func parent(_ number: Int, of commit: ObjectID, named name: String) throws(GitError) -> ObjectID? {
    let parents = try self.commit(commit).parents
    guard parents.indices.contains(number - 1) else { return nil }
    let parent = parents[number - 1]
    guard kind(of: parent) != nil else {
      throw GitError("find the revision '\(name)'", .missingObject(parent, hole))
    }
    return parent
  }

  private func knownParent(_ number: Int, of commit: ObjectID, named name: String) throws(GitError)
    -> ObjectID
  {
    if let parent = try parent(number, of: commit, named: name) { return parent }
    throw unknown(name)
  }

  private func namedCommit(_ start: String, in name: String) throws(GitError) -> ObjectID {
    let operation = "find the revision '\(name)'"
    var object: OpaquePointer?
    let code = git_revparse_single(&object, handle.pointer, start)
    guard code >= 0, let object else { throw misnamed(LibraryFailure.last(code: code), start, in: name) }
    defer { git_object_free(object) }
    guard git_object_type(object) != GIT_OBJECT_COMMIT else { return ObjectID(git_object_id(object).pointee) }
    return try explainingHoles { () throws(GitError) in
      var commit: OpaquePointer?
      let code = git_object_peel(&commit, object, GIT_OBJECT_COMMIT)
      defer { git_object_free(commit) }
      if code == GIT_EPEEL.rawValue || code == GIT_EINVALIDSPEC.rawValue {
        git_error_clear()
        throw GitError(operation, .notACommit(name))
      }
      try LibraryFailure.check(code, to: operation)
      return ObjectID(git_object_id(commit).pointee)
    }
  }

  private func misnamed(_ failure: LibraryFailure, _ start: String, in name: String) -> GitError {
    let operation = "find the revision '\(name)'"
    if let id = ObjectID(hex: start), !id.isZero, failure.code == GIT_ENOTFOUND.rawValue {
      return GitError(operation, .missingObject(id, hole))
    }
    let error = failure.error(operation)
    switch (failure.code, error.cause) {
    case (_, .missingObject(let id?, _)): return GitError(operation, .missingObject(id, hole))
    case (GIT_EAMBIGUOUS.rawValue, _) where !failure.text.contains("too short"):
      return GitError(operation, .ambiguousRevision(start))
    case (GIT_ENOTFOUND.rawValue, _), (GIT_EAMBIGUOUS.rawValue, _): return unknown(name)
    case (GIT_EINVALIDSPEC.rawValue, _): return GitError(operation, .malformedRevision(name))
    default: return error
    }
  }

  private func unknown(_ name: String) -> GitError {
    let isShallow = !shallowCommits.isEmpty
    return GitError("find the revision '\(name)'", .unknownRevision(name, inShallowClone: isShallow))
  }
}
