extension Repository {
  /// Whether parts of the history were left out when this repository was cloned.
  package var isShallow: Bool { !history.shallowCommits.isEmpty }

  /// Whether the parents of a commit were left out when this repository was cloned.
  package func isCut(at commit: ObjectID) -> Bool { history.shallowCommits.contains(commit) }

  /// All parents that a commit names, whether they are here or not.
  package func parents(of commit: ObjectID) throws(GitError) -> [ObjectID] { try self.commit(commit).parents }

  package func isHere(_ id: ObjectID) throws(GitError) -> Bool {
    do throws(GitError) {
      _ = try object(id, limit: 0)
      return true
    } catch {
      if case .missingObject = error.cause { return false }
      throw error
    }
  }

  /// The commits that lead to one and to none of the others, parents before children and first parents first.
  package func commits(to new: ObjectID, without others: [ObjectID]) throws(GitError) -> [ObjectID] {
    try CommitWalk.commits(to: new, without: others, in: self)
  }

  /// The first line of what a commit says.
  package func subject(of commit: ObjectID) throws(GitError) -> String {
    let bytes = try contents(of: commit, as: .commit)
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // The headers end at the first empty line; a message may begin with more of them.
    let message = lines.drop { !$0.isEmpty }.drop { $0.isEmpty }
    return String(decoding: message.first ?? [], as: UTF8.self)
  }
}

/// Goes back from one commit and from others, the newest first, until all that is left was reached from the others and
/// is so old that it cannot lead to what was found.
private struct CommitWalk {
  private let repository: Repository
  private var found: Set<ObjectID> = []
  private var excluded: Set<ObjectID> = []
  private var queue = CommitQueue()
  /// The date of the oldest commit that was found.
  private var oldest = Int.max

  static func commits(
    to new: ObjectID, without others: [ObjectID], in repository: Repository
  ) throws(GitError) -> [ObjectID] {
    var walk = CommitWalk(repository: repository)
    try walk.visit(new, isExcluded: false)
    for other in others { try walk.visit(other, isExcluded: true) }
    try walk.run()
    return try walk.sorted(from: new)
  }

  private init(repository: Repository) { self.repository = repository }

  private mutating func visit(_ id: ObjectID, isExcluded: Bool) throws(GitError) {
    guard isExcluded ? excluded.insert(id).inserted : !excluded.contains(id) && found.insert(id).inserted else {
      return
    }
    if isExcluded, found.remove(id) != nil {
      // What lies behind it was perhaps found already.
      var open = try parents(of: id)
      while let parent = open.popLast() {
        guard found.remove(parent) != nil else { continue }
        excluded.insert(parent)
        open += try parents(of: parent)
      }
    }
    let date = try repository.commit(id).date
    if !isExcluded { oldest = min(oldest, date) }
    queue.insert(id, date: date)
  }

  private mutating func run() throws(GitError) {
    while let newest = queue.newest, newest >= oldest - Self.skew || queue.contains(where: { !excluded.contains($0) }),
      let id = queue.popFirst()
    {
      for parent in try parents(of: id) { try visit(parent, isExcluded: excluded.contains(id)) }
    }
  }

  /// Seconds by which the clocks of two authors may differ.
  private static let skew = 24 * 60 * 60

  private func sorted(from new: ObjectID) throws(GitError) -> [ObjectID] {
    var sorted: [ObjectID] = []
    var entered: Set<ObjectID> = []
    var open = [(id: new, isLeft: false)]
    while let (id, isLeft) = open.popLast() {
      if isLeft {
        sorted.append(id)
      } else if found.contains(id), entered.insert(id).inserted {
        open.append((id, true))
        for parent in try parents(of: id).reversed() { open.append((parent, false)) }
      }
    }
    return sorted
  }

  private func parents(of id: ObjectID) throws(GitError) -> [ObjectID] {
    repository.isCut(at: id) ? [] : try repository.commit(id).parents
  }
}
