extension Repository {
  /// The commit that `git merge-base` names; `nil` when the histories have nothing in common.
  ///
  /// Our own, because libgit2 1.5.1 runs into the cut of a shallow clone even when the base is present.
  package func mergeBase(_ a: ObjectID, _ b: ObjectID) throws(GitError) -> ObjectID? {
    let bases = try mergeBases(a, b)
    if bases.isEmpty && !history.shallowCommits.isEmpty {
      throw GitError("find the merge base of \(a) and \(b)", .historyTooShort(a, b))
    }
    return bases.first
  }

  /// All of them, as `git merge-base --all` has them: the newest first.
  func mergeBases(_ a: ObjectID, _ b: ObjectID) throws(GitError) -> [ObjectID] {
    a == b ? [a] : try Ancestry(repository: self).mergeBases(a, b)
  }
}

/// The algorithm of git's commit-reach.c, so that of several bases it finds the same first one.
private struct Ancestry {
  let repository: Repository

  private struct Marks: OptionSet {
    let rawValue: UInt8
    /// Reached from the one commit, from one of the others.
    static let one = Marks(rawValue: 1)
    static let other = Marks(rawValue: 2)
    /// An ancestor of a candidate.
    static let stale = Marks(rawValue: 4)
    static let candidate = Marks(rawValue: 8)
  }

  /// The newest first.
  func mergeBases(_ a: ObjectID, _ b: ObjectID) throws(GitError) -> [ObjectID] {
    let painted = try paint(a, [b])
    let candidates = try sorted(painted.candidates.filter { painted.marks[$0]?.contains(.stale) == false })
    return candidates.count < 2 ? candidates : try sorted(withoutAncestors(candidates))
  }

  /// Goes back from both sides, the newest commit first, until only ancestors of candidates are left.
  private func paint(
    _ one: ObjectID, _ others: [ObjectID]
  ) throws(GitError) -> (candidates: [ObjectID], marks: [ObjectID: Marks]) {
    var marks: [ObjectID: Marks] = [:]
    var queue = CommitQueue()
    func visit(_ id: ObjectID, _ added: Marks) throws(GitError) {
      let before = marks[id, default: []]
      guard !before.isSuperset(of: added) else { return }
      marks[id] = before.union(added)
      queue.insert(id, date: try repository.commit(id).date)
    }
    try visit(one, .one)
    for other in others { try visit(other, .other) }
    var candidates: [ObjectID] = []
    while queue.contains(where: { marks[$0]?.contains(.stale) == false }), let id = queue.popFirst() {
      var passed = marks[id, default: []].intersection([.one, .other, .stale])
      if passed == [.one, .other] {
        if marks[id]?.contains(.candidate) == false { candidates.append(id) }
        marks[id]?.insert(.candidate)
        passed.insert(.stale)
      }
      for parent in try parents(of: id) { try visit(parent, passed) }
    }
    return (candidates, marks)
  }

  private func withoutAncestors(_ candidates: [ObjectID]) throws(GitError) -> [ObjectID] {
    var redundant: Set<ObjectID> = []
    for candidate in candidates where !redundant.contains(candidate) {
      let others = candidates.filter { $0 != candidate && !redundant.contains($0) }
      let marks = try paint(candidate, others).marks
      if marks[candidate]?.contains(.other) == true { redundant.insert(candidate) }
      redundant.formUnion(others.filter { marks[$0]?.contains(.one) == true })
    }
    return candidates.filter { !redundant.contains($0) }
  }

  /// The newest first; equal dates keep their order.
  private func sorted(_ ids: [ObjectID]) throws(GitError) -> [ObjectID] {
    var dated: [(id: ObjectID, date: Int)] = []
    for id in ids {
      let date = try repository.commit(id).date
      dated.insert((id, date), at: dated.firstIndex { $0.date < date } ?? dated.count)
    }
    return dated.map(\.id)
  }

  private func parents(of id: ObjectID) throws(GitError) -> [ObjectID] {
    repository.history.shallowCommits.contains(id) ? [] : try repository.commit(id).parents
  }
}
