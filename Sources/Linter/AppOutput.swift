import Diagnostics
import Git
import Rules
import Templates

/// What CDK apps make where it is not in git: an assembly in a folder, or one that a command makes for each side.
struct AppOutput {
  /// The absolute path of the current folder.
  let directory: String
  /// The variables of the process.
  let environment: [String: String]
  var progress: Progress?

  /// Refuses to run code of a change where that is not safe.
  func allow(_ synth: Synth) throws {
    try synth.refuse(environment, isBare: false)
    try synth.refuse(environment, isBare: repository().workTree == nil)
  }

  /// Adds to both sides what the command makes of them, and notes the changed apps whose templates are still missing.
  func add(to comparison: inout Comparison, madeBy synth: Synth?, narrowedBy filter: PathFilter) throws {
    let files = comparison.paths
    if let synth { try synthesise(synth, &comparison, filter) }
    guard comparison.old != nil, comparison.scope.mode != "assembly" else { return }
    let synthesised = comparison.assemblies.map(\.app)
    comparison.apps = try CDKApps(snapshot: comparison.new).notSynthesised(among: files)
      .filter { !synthesised.contains($0.file) }
  }

  private func synthesise(_ synth: Synth, _ comparison: inout Comparison, _ filter: PathFilter) throws {
    let repository = try repository()
    guard let top = repository.workTree, let folder = folder(relativeTo: top) else {
      throw RunError("run --synth", "the current folder is outside of the work tree")
    }
    if comparison.old != nil, !comparison.changes.contains(where: { $0.isInside(folder) }) {
      comparison.details.append(
        "not synthesised: nothing changed in \(folder.bytes.isEmpty ? "the repository" : "\(folder)")")
      return
    }
    let app =
      try CDKApps(snapshot: comparison.new).app(startedIn: folder)
      ?? comparison.old.flatMap { try CDKApps(snapshot: $0).app(startedIn: folder) }
    let place = (app ?? folder).appending("cdk.out")
    let (old, new) = try Interruption.holding { interruption in
      var synthesis = try Synthesis(
        synth, repository, environment, folder: folder, directory: directory, place: place, interruption,
        progress)
      comparison.sources = AppSources(comparison.new, SourceFolders(workTree: top, cache: synthesis.cache))
      defer { comparison.details += synthesis.details }
      func assembly(of side: Comparison.Side?, _ snapshot: (any Snapshot)?) throws -> AssemblySnapshot? {
        // An app that the change brings in or takes away is there on one side.
        guard let side, let snapshot, try app.map(CDKApps(snapshot: snapshot).isApp) ?? true else { return nil }
        return try synthesis.assembly(of: side)
      }
      return (
        try assembly(of: comparison.sides.old, comparison.old), try assembly(of: comparison.sides.new, comparison.new)
      )
    }
    comparison.mount(old, new, filter)
    comparison.assemblies = [.init(folder: place, app: (app ?? folder).appending(CDKApps.fileName))]
  }

  /// The comparison of an assembly with an older one, or with none.
  func comparison(
    of folder: String, since base: String?, narrowedTo paths: [Path]
  ) throws -> (Comparison, PathFilter) {
    let repository = try repositoryOrNone()
    let top = repository?.workTree ?? directory
    guard let filter = PathFilter(paths, in: directory, relativeTo: top) else {
      throw RunError("check \(paths.map(\.description).joined(separator: " "))", "outside of \(top)")
    }
    let onDisk = absolute(folder)
    let app = try app(of: onDisk, top, repository)
    let place = (app ?? self.folder(relativeTo: top) ?? Path("")).appending("cdk.out")
    let new = try assembly(in: folder, as: place)
    let old = try base.map { try assembly(in: $0, as: place) }
    var comparison = Comparison(
      scope: .init(mode: "assembly", base: base, head: folder), old: old, new: new,
      paths: AssemblySnapshot.changes(from: old, to: new).filter(filter.contains))
    comparison.assemblies = [
      .init(folder: place, app: (app ?? place.parent).appending(CDKApps.fileName))
    ]
    comparison.details = ["mode assembly, old side \(base ?? "none"), new side \(folder), named \(place)"]
    if let repository, let top = repository.workTree {
      comparison.sources = AppSources(WorkTreeSnapshot(repository: repository), SourceFolders(workTree: top))
    }
    if let app, let repository, repository.workTree != nil,
      let newer = try AssemblyAge(of: onDisk).newerSource(of: app, in: repository)
    {
      comparison.apps = [.init(file: app.appending(CDKApps.fileName), state: .stale(assembly: folder, file: newer))]
    }
    return (comparison, filter)
  }

  private func assembly(in folder: String, as place: Path) throws -> AssemblySnapshot {
    if let assembly = try AssemblySnapshot(of: absolute(folder), as: place) { return assembly }
    throw RunError(
      "read the assembly \(folder)", "it has no \(CloudAssembly.manifestName) of the CDK",
      hint: "name the folder that cdk synth writes to, commonly cdk.out")
  }

  /// The app that an assembly is of: the one it lies in, else the one that the user stands in, else the only one.
  private func app(of onDisk: String, _ top: String, _ repository: Repository?) throws -> Path? {
    let disk = CDKApps(snapshot: FolderSnapshot(directory: top))
    let lies = PathFilter([Path(onDisk)], in: directory, relativeTo: top)?.paths.first
    if let lies, !lies.bytes.isEmpty, let app = try disk.app(around: lies.parent) { return app }
    guard let current = folder(relativeTo: top) else { return nil }
    guard let repository, repository.workTree != nil else { return try disk.app(around: current) }
    return try CDKApps(snapshot: WorkTreeSnapshot(repository: repository)).app(startedIn: current)
  }

  /// The current folder, `nil` when it is elsewhere.
  private func folder(relativeTo top: String) -> Path? {
    PathFilter([Path(".")], in: directory, relativeTo: top)?.paths.first
  }

  private func absolute(_ folder: String) -> String {
    PathFilter.realPath(of: folder.hasPrefix("/") ? folder : directory + "/" + folder)
  }

  private func repositoryOrNone() throws -> Repository? {
    do {
      return try repository()
    } catch {
      guard error.isNotARepository else { throw error }
      return nil
    }
  }

  private func repository() throws(GitError) -> Repository {
    try Repository.open(from: directory, environment: HookEnvironment(environment))
  }
}

extension Comparison {
  /// Puts assemblies where they would lie in the repository, and looks at what differs in them.
  fileprivate mutating func mount(_ assembly: AssemblySnapshot?, _ other: AssemblySnapshot?, _ filter: PathFilter) {
    if let assembly, let base = old { old = MountedSnapshot(base: base, assembly: assembly) }
    if let other { new = MountedSnapshot(base: new, assembly: other) }
    guard let place = (other ?? assembly)?.folder else { return }
    let found = AssemblySnapshot.changes(from: assembly, to: other).filter(filter.contains)
    paths = (paths.filter { !$0.isInside(place) } + found).sorted()
  }
}
