internal import CLibgit2

extension LibraryBackend {
  func commit(named name: String) throws(GitError) -> ObjectID {
    let operation = "find the revision '\(name)'"
    var object: OpaquePointer?
    let code = whilePacksMove { git_revparse_single(&object, handle.pointer, name) }
    guard code >= 0, let object else { throw misnamed(LibraryFailure.last(code: code), name) }
    defer { git_object_free(object) }
    guard git_object_type(object) != GIT_OBJECT_COMMIT else { return ObjectID(git_object_id(object).pointee) }
    var commit: OpaquePointer?
    let peeling = whilePacksMove { git_object_peel(&commit, object, GIT_OBJECT_COMMIT) }
    defer { git_object_free(commit) }
    if peeling == GIT_EPEEL.rawValue || peeling == GIT_EINVALIDSPEC.rawValue {
      git_error_clear()
      throw GitError(operation, .notACommit(name))
    }
    try LibraryFailure.check(peeling, to: operation)
    return ObjectID(git_object_id(commit).pointee)
  }

  private func misnamed(_ failure: LibraryFailure, _ name: String) -> GitError {
    let operation = "find the revision '\(name)'"
    if let id = ObjectID(hex: name), !id.isZero, failure.code == GIT_ENOTFOUND.rawValue {
      return GitError(operation, .missingObject(id, .damage))
    }
    let error = failure.error(operation)
    switch (failure.code, error.cause) {
    case (_, .missingObject(_?, _)): return error
    case (GIT_EAMBIGUOUS.rawValue, _) where !failure.text.contains("too short"):
      return GitError(operation, .ambiguousRevision(name))
    case (GIT_ENOTFOUND.rawValue, _), (GIT_EAMBIGUOUS.rawValue, _):
      return GitError(operation, .unknownRevision(name, inShallowClone: false))
    case (GIT_EINVALIDSPEC.rawValue, _): return GitError(operation, .malformedRevision(name))
    default: return error
    }
  }
}

extension LibraryBackend {
  func references(startingWith prefix: String) throws(GitError) -> [String] {
    let operation = "list the references"
    let iterator = try Handle(to: operation, freedBy: git_reference_iterator_free) {
      git_reference_iterator_new(&$0, handle.pointer)
    }
    var names: [String] = []
    while true {
      var name: UnsafePointer<CChar>?
      let code = git_reference_next_name(&name, iterator.pointer)
      if code == GIT_ITEROVER.rawValue { break }
      try LibraryFailure.check(code, to: operation)
      if let name = name.map({ String(cString: $0) }), name.hasPrefix(prefix) { names.append(name) }
    }
    git_error_clear()
    return names
  }

  func symbolicTarget(of reference: String) throws(GitError) -> String? {
    var found: OpaquePointer?
    let code = git_reference_lookup(&found, handle.pointer, reference)
    defer { git_reference_free(found) }
    if code == GIT_ENOTFOUND.rawValue || code == GIT_EINVALIDSPEC.rawValue {
      git_error_clear()
      return nil
    }
    try LibraryFailure.check(code, to: "read \(reference)")
    return git_reference_symbolic_target(found).map { String(cString: $0) }
  }
}
