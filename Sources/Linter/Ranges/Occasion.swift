/// What has happened, as a hook or a CI tells it. What that leaves open, the repository answers: see `RangeFinder`.
package enum Occasion: Hashable, Sendable {
  /// The index is about to be committed.
  case commit
  case push(Push)
  case proposal(Proposal)
  /// From one commit to another, by their names; `nil` for all that the other has.
  case commits(old: String?, new: String, reason: String)
  /// Nothing changed that could be compared.
  case everything(reason: String)
  case nothing(reason: String)
}

/// A branch or tag that moved, came or went.
package struct Push: Hashable, Sendable {
  /// The whole name, as in `refs/heads/main`.
  var ref: String
  var old: Old
  /// Names of the commit that it now leads to; the first that is known counts.
  var new: [String]
  /// Whether somebody says that the branch was rewritten.
  var isForced = false
  var place: Place

  /// Where the branch or tag led before.
  enum Old: Hashable, Sendable {
    case commit(String)
    /// There was none of that name.
    case none
    /// Nobody says.
    case unknown
  }

  /// Who tells of the push, which decides what else is known to be there.
  enum Place: Hashable, Sendable {
    /// The author's clone, which pushes to a remote; `nil` for one that has no name here.
    case author(remote: String?)
    case server
    /// A clone of a CI, with the name of the default branch where the CI tells it.
    case ci(defaultBranch: String?)
  }

  /// Where it led before, from an id as hooks and events write it: zeros for nothing.
  static func old(_ id: String?) -> Old {
    guard let id, !id.isEmpty else { return .unknown }
    return isZero(id) ? .none : .commit(id)
  }

  static func isZero(_ id: String) -> Bool { id.allSatisfy { $0 == "0" } }

  var isDeletion: Bool { new.first.map(Push.isZero) ?? false }

  var name: String { Push.name(of: ref) }

  /// The name of a reference without its folder: `main`, `tag v1`.
  static func name(of ref: String) -> String {
    if ref.hasPrefix("refs/heads/") { return String(ref.dropFirst("refs/heads/".count)) }
    return ref.hasPrefix("refs/tags/") ? "tag " + ref.dropFirst("refs/tags/".count) : ref
  }
}

/// A request to merge one line of commits into another.
package struct Proposal: Hashable, Sendable {
  /// What people call it: `pull request 2`.
  var name: String
  /// The branch that it is to be merged into.
  var target: String
  /// Names of the last commit of the target, or of the merge base; the first that is known counts.
  var base: [String]
  /// Whether `base` is the merge base itself.
  var isMergeBase = false
  /// Names of the last commit that is to be merged; the first that is known counts.
  var head: [String]
  /// Whether the merge that is checked out counts more than the two lines, since others are merged before it.
  var prefersMerge = false

  static func branch(_ name: String) -> String { "refs/remotes/origin/\(name)" }
}
