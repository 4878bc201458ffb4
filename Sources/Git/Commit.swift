internal import CLibgit2

/// A commit as it is stored; replacements by git-replace(1) are not looked at. Read from its bytes and not
/// through libgit2's commits, which hide the parents of a shallow commit in some versions and show them in
/// others.
struct Commit {
  let tree: ObjectID
  /// All parents that the commit names, whether they are here or not.
  let parents: [ObjectID]
  /// Seconds since 1970 of the committer.
  let date: Int

  init?(_ bytes: [UInt8]) {
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
    self.parents = parents
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
    guard let commit = Commit(try contents(of: id, as: GIT_OBJECT_COMMIT)) else {
      throw GitError("read commit \(id)", .corruptObject(id, "it is not a commit"))
    }
    readCommits[id] = commit
    return commit
  }

  /// The tree of a commit, or the id itself when it names a tree.
  func treeID(of id: ObjectID) throws(GitError) -> ObjectID {
    kind(of: id) == GIT_OBJECT_TREE ? id : try commit(id).tree
  }
}
