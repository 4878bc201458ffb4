import Git

/// Finds what a request to merge changes, in the lines that its author sees.
///
/// Two ways lead there: from the merge base to the head; or, where a CI has merged the two and checked that out, from the
/// first parent of the merge to the merge, which needs no history. The lines of a merge are not those of the head.
struct ProposalRange {
  let proposal: Proposal
  let repository: Repository

  init(_ proposal: Proposal, in repository: Repository) {
    self.proposal = proposal
    self.repository = repository
  }

  func assignment() throws -> Assignment {
    let merge = try merge()
    if proposal.prefersMerge, let found = try ofMerge(merge) { return found }
    if let found = try ofBranches() ?? ofMerge(merge) { return found }
    throw try missing(merge)
  }

  private func ofBranches() throws -> Assignment? {
    guard let head = try repository.firstKnownCommit(proposal.head),
      let base = try repository.firstKnownCommit(proposal.base),
      let old = proposal.isMergeBase ? base : try repository.knownMergeBase(base, head)
    else { return nil }
    return .range(old, head, "what \(proposal.name) adds to \(proposal.target)")
  }

  /// The merge of target and head that is checked out.
  private struct Merge {
    let commit: ObjectID
    let target: ObjectID
    let head: ObjectID
  }

  private func merge() throws -> Merge? {
    guard let commit = try repository.head() else { return nil }
    let parents = try repository.parents(of: commit)
    guard parents.count == 2, proposal.head.contains(parents[1].description) else { return nil }
    return Merge(commit: commit, target: parents[0], head: parents[1])
  }

  private func ofMerge(_ merge: Merge?) throws -> Assignment? {
    guard let merge, try repository.isHere(merge.target), try repository.isHere(merge.head) else { return nil }
    var found = Assignment.range(
      merge.target, merge.commit, "what merging \(proposal.name) changes in \(proposal.target)")
    found.lines = merge.head.description
    return found
  }

  /// The least that would help: the parents of the merge, the base itself, or the history of both.
  private func missing(_ merge: Merge?) throws -> RunError {
    let missing = MissingBase(repository: repository)
    let operation = "find the base of \(proposal.name)"
    if let merge {
      let ids = try [merge.target, merge.head].filter { try !repository.isHere($0) }.map(\.description)
      if !ids.isEmpty { return missing.error(operation, lacking: ids) }
    }
    let lacking = try [proposal.base, proposal.head].filter { try repository.firstKnownCommit($0) == nil }
      .compactMap { names in names.first(where: missing.canBeFetched) ?? names.first }
    if proposal.isMergeBase { return missing.error(operation, lacking: lacking) }
    guard lacking.isEmpty else {
      return missing.error(
        operation, lackingHistoryOf: lacking,
        because: "this clone does not have \(lacking.map(missing.shown).joined(separator: " and "))")
    }
    guard repository.isShallow else {
      return RunError(
        operation, "it has no commit in common with \(proposal.target)", hint: "compare the trees: precede check A..B")
    }
    return missing.error(
      operation, lackingHistoryOf: proposal.head.filter(missing.canBeFetched),
      because: "the history of this clone ends before the two part")
  }
}
