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
    do throws(GitError) {
      _ = try self.commit(parents[number - 1])
    } catch {
      throw GitError("find the revision '\(name)'", error.cause)
    }
    return parents[number - 1]
  }

  private func knownParent(_ number: Int, of commit: ObjectID, named name: String) throws(GitError)
    -> ObjectID
  {
    if let parent = try parent(number, of: commit, named: name) { return parent }
    throw unknown(name)
  }

  private func namedCommit(_ start: String, in name: String) throws(GitError) -> ObjectID {
    do throws(GitError) {
      return try ask { (backend) throws(GitError) in try backend.commit(named: start) }
    } catch {
      // The user knows the whole name and not the part before the steps.
      switch error.cause {
      case .unknownRevision: throw unknown(name)
      case .malformedRevision: throw GitError("find the revision '\(name)'", .malformedRevision(name))
      case .notACommit: throw GitError("find the revision '\(name)'", .notACommit(name))
      default: throw GitError("find the revision '\(name)'", error.cause)
      }
    }
  }

  private func unknown(_ name: String) -> GitError {
    let isShallow = !history.shallowCommits.isEmpty
    return GitError("find the revision '\(name)'", .unknownRevision(name, inShallowClone: isShallow))
  }
}
