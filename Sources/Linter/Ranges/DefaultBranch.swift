import Git

/// The branch that others start from, as far as a clone or a server knows it.
struct DefaultBranch {
  /// `nil` when nobody says and neither of the usual names is here.
  let name: String?
  let tip: ObjectID?

  init(_ place: Push.Place, in repository: Repository) throws {
    switch place {
    case .server:
      let target = try repository.symbolicTarget(of: "HEAD")
      name = target.map { String($0.dropFirst("refs/heads/".count)) }
      tip = try target.flatMap { try repository.knownCommit($0) }
    case .ci(let named?):
      name = named
      tip = try repository.knownCommit("refs/remotes/origin/\(named)")
    case .ci(nil): (name, tip) = try DefaultBranch.found(of: "origin", in: repository)
    case .author(let remote?): (name, tip) = try DefaultBranch.found(of: remote, in: repository)
    case .author(nil): (name, tip) = (nil, nil)
    }
  }

  /// Of a remote: what its HEAD leads to, which a clone writes down, else one of the usual names.
  private static func found(
    of remote: String, in repository: Repository
  ) throws -> (name: String?, tip: ObjectID?) {
    let folder = "refs/remotes/\(remote)/"
    let named = try repository.symbolicTarget(of: folder + "HEAD").map { String($0.dropFirst(folder.count)) }
    for name in [named].compactMap(\.self) + usual {
      if let tip = try repository.knownCommit(folder + name) { return (name, tip) }
    }
    return (named, nil)
  }

  /// Whether a reference is this branch. Of a branch that nobody names it is likelier than not by its name.
  func isNamed(by ref: String) -> Bool {
    (name.map { [$0] } ?? DefaultBranch.usual).contains { ref == "refs/heads/" + $0 }
  }

  private static let usual = ["main", "master"]
}
