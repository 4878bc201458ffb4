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
  /// Files whose names are not those of templates, so that only the configuration can say that they are; sorted.
  var unnamed: [Path] = []
  /// All that differs, also what the user did not name, and what is no regular file.
  var changes: [Path] = []
  /// The CDK apps to speak of.
  var apps: [Change.App] = []
  /// Assemblies that are not in git.
  var assemblies: [Report.Assembly] = []
  /// Where the sources of apps are; `nil` outside of any repository.
  var sources: AppSources?
  /// Where the sides are.
  var details: [String] = []
  /// What git's sides are read from.
  var repository: Repository?

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
  /// Whether the sides hold all that the configuration may name, and not only what the user named.
  var holdsRepository: Bool {
    let side = (new as? EditedSnapshot)?.base ?? new
    return !(side is FolderSnapshot || side is AssemblySnapshot)
  }

  /// The files to look at that the configuration does not leave out.
  func paths(in files: FileSelection) -> [Path] {
    (paths.filter(files.contains) + unnamed.filter(files.opens)).sorted()
  }

  /// Finds the sides of a request in a repository.
  ///
  /// - Parameter filter: files and folders to look at, relative to the top; none for everything.
  init(_ request: Request, in repository: Repository, filter: [Path]) throws {
    self = try Comparison.comparison(request, repository, filter)
    self.repository = repository
    sources = AppSources(new, SourceFolders(workTree: repository.workTree))
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
      let found = try Comparison.paths(of: filter, in: snapshot, repository)
      return Comparison(all: found, in: snapshot, head: "WORKTREE")
    case .allStaged:
      let snapshot = GitSnapshot(repository: repository, listing: try repository.index())
      return Comparison(
        all: narrowed(try snapshot.paths(under: Path(""))).map { .listed($0) }, in: snapshot, head: "INDEX")
    case .all(let revision?):
      guard case .commit(let commit) = try repository.resolve(revision) else {
        throw RunError("check \(revision)", "--all looks at one revision and not at a range")
      }
      let snapshot = GitSnapshot(repository: repository, listing: try repository.tree(of: commit))
      let paths = narrowed(try snapshot.paths(under: Path("")))
      return Comparison(all: paths.map { .listed($0) }, in: snapshot, head: commit.description)
    }
  }

  /// Files and folders outside any repository, as the user gave them.
  init(folders: [Path], snapshot: FolderSnapshot) throws {
    for folder in folders where !snapshot.exists(folder) {
      throw RunError("read \(folder)", "no such file or folder")
    }
    let found = try folders.flatMap { folder -> [Found] in
      let paths = try snapshot.paths(under: folder)
      return paths == [folder] ? [.named(folder)] : paths.map { .listed($0) }
    }
    self.init(all: found, in: snapshot, head: "WORKTREE")
  }

  /// A file where nothing says which ones changed.
  private enum Found {
    /// The user named it, so that it is opened whatever its name.
    case named(Path)
    case listed(Path)
  }

  /// Looks at files as they are. Of those that are only listed, those are opened whose name a template may have.
  private init(all found: [Found], in snapshot: any Snapshot, head: String) {
    var opened: Set<Path> = []
    var others: Set<Path> = []
    for file in found {
      switch file {
      case .named(let path): opened.insert(path)
      case .listed(let path): if path.hasTemplateName { opened.insert(path) } else { others.insert(path) }
      }
    }
    self.init(
      scope: .init(mode: "all", base: nil, head: head), old: nil, new: snapshot, paths: opened.sorted(),
      unnamed: others.subtracting(opened).sorted())
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
    let moves = Moves(among: changes, old: base, new: new)
    let left = moves.left
    self.init(
      scope: scope, old: left.isEmpty ? base : RenamedSnapshot(base: base, oldPaths: moves.oldPaths), new: new,
      paths: narrowed(Comparison.paths(changes).filter { !left.contains($0) }),
      changes: changes.map { Path(bytes: $0.path) })
  }

  /// All files that git does not ignore, or those that the user named, ignored or not.
  private static func paths(
    of filter: [Path], in snapshot: WorkTreeSnapshot, _ repository: Repository
  ) throws -> [Found] {
    guard !filter.isEmpty, let top = repository.workTree else {
      return try snapshot.paths(under: Path("")).map { .listed($0) }
    }
    let disk = FolderSnapshot(directory: top)
    return try filter.flatMap { path -> [Found] in
      let onDisk = try disk.paths(under: path)
      if onDisk == [path] { return [.named(path)] }
      let listed = try snapshot.paths(under: path)
      guard !listed.isEmpty || !onDisk.isEmpty || disk.exists(path) else {
        throw RunError("read \(path)", "no such file or folder")
      }
      return (listed.isEmpty ? onDisk : listed).map { .listed($0) }
    }
  }

  /// The changed files. Symbolic links and submodules hold no template, and a changed mode alone changes none.
  private static func paths(_ changes: [ChangedFile]) -> [Path] {
    changes.filter { change in
      let isFile = change.old?.mode.isFile ?? false || change.new?.mode.isFile ?? false
      return isFile && (change.old?.content != change.new?.content || change.old?.content == .workTreeFile)
    }
    .map { Path(bytes: $0.path) }.sorted()
  }
}
