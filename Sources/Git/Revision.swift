/// What a user means by a revision argument; see gitrevisions(7). Tags are peeled to their commits.
package enum Revision: Hashable, Sendable {
  /// `A`
  case commit(ObjectID)
  /// `A..B`: from one to the other. The old side may be the id of zeros that hooks write: everything is new.
  case twoDot(ObjectID, ObjectID)
  /// `A...B`: from their merge base to the other.
  case threeDot(ObjectID, ObjectID)
  /// `A^!`: what one commit changed of its first parent, or of nothing in the first commit of a history.
  case single(ObjectID, parent: ObjectID?)
}

extension Repository {
  /// Reads a revision argument. An end of a range that is left out is HEAD.
  package func resolve(_ revision: String) throws(GitError) -> Revision {
    if let (old, dots, new) = ends(of: revision) {
      let new = try commitID(new.isEmpty ? "HEAD" : new)
      if dots == 2, let zero = ObjectID(hex: old), zero.isZero { return .twoDot(zero, new) }
      let old = try commitID(old.isEmpty ? "HEAD" : old)
      return dots == 3 ? .threeDot(old, new) : .twoDot(old, new)
    }
    guard revision.hasSuffix("^!") else { return .commit(try commitID(revision)) }
    let commit = try commitID(String(revision.dropLast(2)))
    return .single(commit, parent: try parent(1, of: commit, named: revision))
  }

  /// The two ends and the number of dots; `nil` when it is no range. Text of a search may hold dots of its
  /// own, and two dots alone are the folder above.
  private func ends(of revision: String) -> (String, Int, String)? {
    guard !revision.hasPrefix(":/"), !revision.contains("{/"),
      let dots = revision.firstRange(of: ".."), revision != ".."
    else { return nil }
    let isThree = revision[dots.upperBound...].hasPrefix(".")
    let rest = revision[dots.upperBound...].dropFirst(isThree ? 1 : 0)
    return (String(revision[..<dots.lowerBound]), isThree ? 3 : 2, String(rest))
  }
}
