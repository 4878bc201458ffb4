/// A commit, read from its bytes and not through libgit2's commits, which hide the parents of a shallow commit in some
/// versions and show them in others.
struct Commit {
  let tree: ObjectID
  /// All parents, whether they are here or not.
  let parents: [ObjectID]
  /// Seconds since 1970 of the committer.
  let date: Int

  /// - Parameter grafts: parents to take in place of those that the commit names.
  init?(_ bytes: [UInt8], parents grafts: [ObjectID]? = nil) {
    var tree: ObjectID?
    var parents: [ObjectID] = []
    var date: Int?
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if line.isEmpty { break }
      guard let space = line.firstIndex(of: UInt8(ascii: " ")) else { continue }
      let value = line[line.index(after: space)...]
      switch String(decoding: line[..<space], as: UTF8.self) {
      case "tree": tree = tree ?? ObjectID(hexDigits: value)
      case "parent":
        guard let parent = ObjectID(hexDigits: value) else { return nil }
        parents.append(parent)
      case "committer": date = date ?? Self.date(of: value)
      default: break
      }
    }
    guard let tree else { return nil }
    self.tree = tree
    self.parents = grafts ?? parents
    // git, too, takes a date that it cannot read for 0.
    self.date = date ?? 0
  }

  /// From `Name <address> seconds zone`.
  private static func date(of committer: ArraySlice<UInt8>) -> Int? {
    guard let end = committer.lastIndex(of: UInt8(ascii: ">")) else { return nil }
    let fields = committer[committer.index(after: end)...].split(separator: UInt8(ascii: " "))
    return fields.first.flatMap { Int(String(decoding: $0, as: UTF8.self)) }
  }
}

extension Repository {
  func commit(_ id: ObjectID) throws(GitError) -> Commit {
    if let commit = readCommits[id] { return commit }
    let bytes = try contents(of: id, as: .commit)
    guard let commit = Commit(bytes, parents: history.grafts[id]) else {
      throw GitError("read commit \(id)", .corruptObject(id, "it is not a commit"))
    }
    readCommits[id] = commit
    return commit
  }

  /// The tree of a commit, or the id itself when it names a tree.
  func treeID(of id: ObjectID) throws(GitError) -> ObjectID {
    if let commit = readCommits[id] { return commit.tree }
    return try object(id, limit: .max).kind == .tree ? id : try commit(id).tree
  }
}
