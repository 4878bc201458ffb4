internal import CLibgit2

extension Repository {
  /// The commit that a name means; `nil` when there is none here, which a clone that is cut does not tell apart from a
  /// wrong name.
  package func knownCommit(_ name: String) throws(GitError) -> ObjectID? {
    do {
      return try commitID(name)
    } catch {
      switch error.cause {
      case .unknownRevision, .malformedRevision, .ambiguousRevision, .missingObject, .notACommit: return nil
      default: throw error
      }
    }
  }

  /// The reference that a symbolic one leads to, such as `refs/heads/main` for `HEAD`; `nil` when it is none.
  package func symbolicTarget(of name: String) -> String? {
    var reference: OpaquePointer?
    defer {
      git_reference_free(reference)
      git_error_clear()
    }
    guard git_reference_lookup(&reference, handle.pointer, name) == 0 else { return nil }
    return git_reference_symbolic_target(reference).map { String(cString: $0) }
  }

  /// What the references lead to whose names begin with a text, such as `refs/remotes/origin/`.
  package func commits(ofReferences prefix: String) throws(GitError) -> [ObjectID] {
    let operation = "list the references"
    let iterator = try Handle(to: operation, freedBy: git_reference_iterator_free) {
      git_reference_iterator_new(&$0, handle.pointer)
    }
    var commits: [ObjectID] = []
    var name: UnsafePointer<CChar>?
    while git_reference_next_name(&name, iterator.pointer) == 0, let text = name.map({ String(cString: $0) }) {
      guard text.hasPrefix(prefix), let commit = try knownCommit(text) else { continue }
      commits.append(commit)
    }
    git_error_clear()
    return commits
  }
}
