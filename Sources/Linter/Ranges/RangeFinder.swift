import Git

/// Finds what to compare on an occasion. A base that is missing is never taken for nothing.
struct RangeFinder {
  let repository: Repository

  func assignment(for occasion: Occasion) throws -> Assignment {
    switch occasion {
    case .commit: Assignment(request: .staged, reason: "what is about to be committed")
    case .push(let push): try assignment(for: push)
    case .proposal(let proposal): try ProposalRange(proposal, in: repository).assignment()
    case .commits(let old, let new, let reason): try assignment(from: old, to: new, reason)
    case .everything(let reason): Assignment(request: .all(revision: "HEAD"), reason: reason)
    case .nothing(let reason): Assignment(request: nil, reason: reason)
    }
  }

  private func assignment(from old: String?, to new: String, _ reason: String) throws -> Assignment {
    let names = [old, new].compactMap(\.self)
    let missing = try names.filter { try repository.knownCommit($0) == nil }
    guard missing.isEmpty, let new = try repository.knownCommit(new) else {
      throw MissingBase(repository: repository).error("find the range", lacking: missing)
    }
    return .range(try old.flatMap { try repository.knownCommit($0) }, new, reason)
  }
}

extension RangeFinder {
  private func assignment(for push: Push) throws -> Assignment {
    let name = push.name
    if push.isDeletion { return Assignment(request: nil, reason: "\(name) was deleted") }
    guard let new = try repository.firstKnownCommit(push.new) else {
      // A tag may stand for a file or a folder, which is nothing to deploy.
      if let id = push.new.first.flatMap({ ObjectID(hex: $0) }), try repository.isHere(id) {
        return Assignment(request: nil, reason: "\(name) is no commit")
      }
      throw MissingBase(repository: repository).error("find the range of \(name)", lacking: Array(push.new.prefix(1)))
    }
    let main = try DefaultBranch(push.place, in: repository)
    let isMain = main.isNamed(by: push.ref)
    let base = isMain ? nil : try main.tip.flatMap { try parting($0, new) }
    let added = "what \(name) adds to \(main.name ?? "the default branch")"
    if case .commit(let id) = push.old, let old = try repository.knownCommit(id) {
      let parted = try isMain ? old : parting(old, new)
      if parted == old || parted == nil && mayLead(push) { return .range(old, new, "what was pushed to \(name)") }
      // What came from elsewhere when it was rewritten is not its own.
      return base.map { .range($0, new, "\(name) was rewritten; \(added)") }
        ?? .range(old, new, "\(name) was rewritten")
    }
    if let base { return base == new ? .nothing("\(name) adds nothing") : .range(base, new, added) }
    switch push.place {
    case .ci: return try assignment(inCI: push, to: new, main, isMain: isMain)
    case .server: return try unpublished(to: new, name, among: "refs/heads/")
    case .author(let remote):
      return try unpublished(to: new, name, among: "refs/remotes/" + (remote.map { $0 + "/" } ?? ""))
    }
  }

  /// In a CI, of a branch or tag without a known past.
  private func assignment(
    inCI push: Push, to new: ObjectID, _ main: DefaultBranch, isMain: Bool
  ) throws -> Assignment {
    let missing = MissingBase(repository: repository)
    let operation = "find the base of \(push.name)"
    switch push.old {
    case .commit(let id): throw missing.error(operation, lacking: [id])
    case .none where isMain: return .range(nil, new, "\(push.name) is new")
    case .unknown where isMain:
      guard let parent = try repository.parents(of: new).first else { return .range(nil, new, "the first commit") }
      guard try repository.isHere(parent) else { throw missing.error(operation, lacking: [parent.description]) }
      return .range(parent, new, "the last commit of \(push.name), since this CI does not tell what was pushed")
    case .none, .unknown:
      throw missing.error(
        operation, lackingHistoryOf: main.name.map { [Proposal.branch($0)] } ?? [],
        because: main.tip == nil
          ? "this clone does not have \(main.name.map { "origin/\($0)" } ?? "a default branch")"
          : "the history of this clone ends before \(push.name) left \(main.name ?? "the default branch")")
    }
  }

  /// Whether the old commit may lead to the new one although nothing here tells, since the history of the clone is cut.
  private func mayLead(_ push: Push) -> Bool {
    guard case .ci = push.place, !push.isForced else { return false }
    return repository.isShallow
  }

  /// Of a branch or tag that only its author has: what no other reference leads to.
  private func unpublished(to new: ObjectID, _ name: String, among references: String) throws -> Assignment {
    let known = try repository.commits(ofReferences: references)
    guard let first = try repository.commits(to: new, without: known).first else {
      return .nothing("\(name) adds nothing")
    }
    guard let parent = try repository.parents(of: first).first, !repository.isCut(at: first) else {
      return .range(nil, new, "\(name) is new")
    }
    return .range(parent, new, "the commits of \(name) that are new")
  }

  /// The commit where two lines of history part; `nil` where they have none or the history here is cut before it.
  private func parting(_ one: ObjectID, _ other: ObjectID) throws(GitError) -> ObjectID? {
    try repository.knownMergeBase(one, other)
  }
}

extension Repository {
  func firstKnownCommit(_ names: [String]) throws(GitError) -> ObjectID? {
    for name in names { if let commit = try knownCommit(name) { return commit } }
    return nil
  }

  /// `nil` also where the history of a shallow clone ends before it.
  func knownMergeBase(_ one: ObjectID, _ other: ObjectID) throws(GitError) -> ObjectID? {
    do {
      return try mergeBase(one, other)
    } catch {
      if case .historyTooShort = error.cause { return nil }
      throw error
    }
  }
}

extension Assignment {
  static func range(_ old: ObjectID?, _ new: ObjectID, _ reason: String) -> Assignment {
    let old = old?.description ?? String(repeating: "0", count: 40)
    return Assignment(request: .revisions("\(old)..\(new)"), reason: reason)
  }

  fileprivate static func nothing(_ reason: String) -> Assignment { Assignment(request: nil, reason: reason) }
}
