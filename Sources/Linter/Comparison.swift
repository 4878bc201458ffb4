import Diagnostics
import Git
import Rules
import Templates

/// The two sides of a run and the files to look at.
struct Comparison {
  let scope: Report.Scope
  /// `nil` when there is no old side.
  var old: (any Snapshot)?
  var new: any Snapshot
  /// The files that differ, or all of them when there is no old side; sorted.
  var paths: [Path]
  /// All that differs, also what the user did not name, and what is no regular file.
  var changes: [Path] = []
  /// The CDK apps to speak of.
  var apps: [Change.App] = []
  /// Assemblies that are not in git.
  var assemblies: [Report.Assembly] = []
  /// Where the sides are.
  var details: [String] = []

  /// What git knows one side as.
  enum Side: CustomStringConvertible {
    case commit(ObjectID)
    case index, workTree

    var description: String {
      switch self {
      case .commit(let commit): "commit \(commit)"
      case .index: "the index"
      case .workTree: "the work tree"
      }
    }
  }

  /// The sides as the scope names them.
  var sides: (old: Side?, new: Side) {
    let commit = { (name: String) in ObjectID(hex: name).map(Side.commit) }
    return (scope.base.flatMap(commit), commit(scope.head) ?? (scope.mode == "staged" ? .index : .workTree))
  }
}

extension Comparison {
  /// Finds the sides of a request in a repository.
  ///
  /// - Parameter filter: files and folders to look at, relative to the top; none for everything.
  init(_ request: Request, in repository: Repository, filter: [Path]) throws {
    self = try Comparison.comparison(request, repository, filter)
    details = [
      "repository \(repository.gitDirectory), work tree \(repository.workTree ?? "none")",
      "mode \(scope.mode), old side \(scope.base ?? "none"), new side \(scope.head), \(paths.count) files",
    ]
  }

  private static func comparison(_ request: Request, _ repository: Repository, _ filter: [Path]) throws -> Comparison {
    let narrowed = { (paths: [Path]) in
      filter.isEmpty ? paths : paths.filter { path in filter.contains { path.isInside($0) } }
    }
    switch request {
    case .assembly(let folder, _): throw RunError("check \(folder)", "an assembly is no change in git")
    case .staged:
      let head = try repository.head()
      return try Comparison(
        scope: .init(mode: "staged", base: head?.description, head: "INDEX"), old: repository.tree(of: head),
        new: GitSnapshot(repository: repository, listing: repository.index()), repository.stagedChanges(),
        repository, narrowed)
    case .workTree:
      return try Comparison(workTreeSince: repository.head(), repository, narrowed)
    case .revisions(let revisions):
      switch try repository.resolve(revisions) {
      case .commit(let commit): return try Comparison(workTreeSince: commit, repository, narrowed)
      case .twoDot(let from, let to):
        return try Comparison(from: from.isZero ? nil : from, to: to, repository, narrowed)
      case .single(let commit, let parent): return try Comparison(from: parent, to: commit, repository, narrowed)
      case .threeDot(let from, let to):
        guard let base = try repository.mergeBase(from, to) else {
          throw RunError(
            "check \(revisions)", "the two have no common ancestor", hint: "compare the trees with two dots: A..B")
        }
        return try Comparison(from: base, to: to, repository, narrowed)
      }
    case .all(nil):
      let snapshot = WorkTreeSnapshot(repository: repository)
      let paths = try Comparison.paths(of: filter, in: snapshot, repository)
      return Comparison(
        scope: .init(mode: "all", base: nil, head: "WORKTREE"), old: nil, new: snapshot,
        paths: paths)
    case .all(let revision?):
      guard case .commit(let commit) = try repository.resolve(revision) else {
        throw RunError("check \(revision)", "--all looks at one revision and not at a range")
      }
      let snapshot = GitSnapshot(repository: repository, listing: try repository.tree(of: commit))
      return Comparison(
        scope: .init(mode: "all", base: nil, head: commit.description), old: nil, new: snapshot,
        paths: Comparison.named(narrowed(try snapshot.paths(under: Path("")))))
    }
  }

  /// Files and folders outside any repository, as the user gave them.
  init(folders: [Path], snapshot: FolderSnapshot) throws {
    for folder in folders where !snapshot.exists(folder) {
      throw RunError("read \(folder)", "no such file or folder")
    }
    let paths = try folders.flatMap { folder -> [Path] in
      let found = try snapshot.paths(under: folder)
      return found == [folder] ? found : Comparison.named(found)
    }
    self.init(
      scope: .init(mode: "all", base: nil, head: "WORKTREE"), old: nil, new: snapshot,
      paths: Array(Set(paths)).sorted())
  }

  private init(
    workTreeSince commit: ObjectID?, _ repository: Repository, _ narrowed: ([Path]) -> [Path]
  ) throws {
    try self.init(
      scope: .init(mode: "worktree", base: commit?.description, head: "WORKTREE"), old: repository.tree(of: commit),
      new: WorkTreeSnapshot(repository: repository), repository.workTreeChanges(since: commit), repository, narrowed)
  }

  private init(
    from old: ObjectID?, to new: ObjectID, _ repository: Repository, _ narrowed: ([Path]) -> [Path]
  ) throws {
    try self.init(
      scope: .init(mode: "range", base: old?.description, head: new.description), old: repository.tree(of: old),
      new: GitSnapshot(repository: repository, listing: repository.tree(of: new)),
      repository.changes(from: old, to: new), repository, narrowed)
  }

  /// Looks at changed files. A file that only moved is compared with what it was before; its old place is not looked at.
  private init(
    scope: Report.Scope, old: TreeListing, new: any Snapshot, _ changes: [ChangedFile], _ repository: Repository,
    _ narrowed: ([Path]) -> [Path]
  ) throws {
    let base = GitSnapshot(repository: repository, listing: old)
    let moved = Comparison.moved(among: changes)
    let left = Set(moved.values)
    self.init(
      scope: scope, old: moved.isEmpty ? base : RenamedSnapshot(base: base, oldPaths: moved), new: new,
      paths: narrowed(Comparison.paths(changes).filter { !left.contains($0) }),
      changes: changes.map { Path(bytes: $0.path) })
  }

  /// The old paths of files that moved, by their new ones: an added file with the very blob of one that is gone.
  private static func moved(among changes: [ChangedFile]) -> [Path: Path] {
    var gone: [FileContent: [Path]] = [:]
    for change in changes where change.new == nil {
      if let old = change.old, old.mode.isFile { gone[old.content, default: []].append(Path(bytes: change.path)) }
    }
    guard !gone.isEmpty else { return [:] }
    var moved: [Path: Path] = [:]
    for change in changes where change.old == nil {
      guard let new = change.new, new.mode.isFile, let old = gone[new.content]?.popLast() else { continue }
      moved[Path(bytes: change.path)] = old
    }
    return moved
  }

  /// The files that may be templates: all that git does not ignore, or those that the user named, ignored or not.
  private static func paths(
    of filter: [Path], in snapshot: WorkTreeSnapshot, _ repository: Repository
  ) throws -> [Path] {
    guard !filter.isEmpty, let top = repository.workTree else { return named(try snapshot.paths(under: Path(""))) }
    let disk = FolderSnapshot(directory: top)
    let found = try filter.flatMap { path -> [Path] in
      let onDisk = try disk.paths(under: path)
      if onDisk == [path] { return onDisk }
      let listed = try snapshot.paths(under: path)
      guard !listed.isEmpty || !onDisk.isEmpty || disk.exists(path) else {
        throw RunError("read \(path)", "no such file or folder")
      }
      return named(listed.isEmpty ? onDisk : listed)
    }
    return Array(Set(found)).sorted()
  }

  /// The changed files. Symbolic links and submodules hold no template, and a changed mode alone changes none.
  private static func paths(_ changes: [ChangedFile]) -> [Path] {
    changes.filter { change in
      let isFile = change.old?.mode.isFile ?? false || change.new?.mode.isFile ?? false
      return isFile && (change.old?.content != change.new?.content || change.old?.content == .workTreeFile)
    }
    .map { Path(bytes: $0.path) }.sorted()
  }

  /// Where nothing says which files changed, only those are opened whose name a template may have.
  private static func named(_ paths: [Path]) -> [Path] { paths.filter(\.hasTemplateName) }
}
