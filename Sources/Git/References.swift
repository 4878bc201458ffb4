extension Repository {
  /// The commit that a name means; `nil` when there is none here, which a clone that is cut does not tell apart from a
  /// wrong name.
  package func knownCommit(_ name: String) throws(GitError) -> ObjectID? {
    do throws(GitError) {
      return try commitID(name)
    } catch {
      switch error.cause {
      case .unknownRevision, .malformedRevision, .ambiguousRevision, .missingObject, .notACommit: return nil
      default: throw error
      }
    }
  }

  /// The reference that a symbolic one leads to, such as `refs/heads/main` for `HEAD`; `nil` when it is none.
  package func symbolicTarget(of name: String) throws(GitError) -> String? {
    try ask { (backend) throws(GitError) in try backend.symbolicTarget(of: name) }
  }

  /// What the references lead to whose names begin with a text, such as `refs/remotes/origin/`.
  package func commits(ofReferences prefix: String) throws(GitError) -> [ObjectID] {
    var commits: [ObjectID] = []
    let names = try ask { (backend) throws(GitError) in try backend.references(startingWith: prefix) }
    for name in names {
      if let commit = try knownCommit(name) { commits.append(commit) }
    }
    return commits
  }
}
