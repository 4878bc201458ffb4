package import Diagnostics
import Git
package import Services
import Templates

/// Told what is being done, in a few words, for people who wait.
package typealias Progress = @Sendable (_ step: String) -> Void

/// One run: reads both sides, builds the models of the template groups that the change touches, applies the rules to
/// what it affects, and tells new diagnostics from those that were there before.
package struct Linter: Sendable {
  /// The absolute path of the current folder, without symbolic links.
  let directory: String
  /// The variables of the process, of which git's count in a hook.
  private let environment: [String: String]
  let progress: Progress?

  package init(directory: String, environment: [String: String], progress: Progress? = nil) {
    self.directory = PathFilter.realPath(of: directory)
    self.environment = environment
    self.progress = progress
  }

  /// - Parameter paths: files and folders as the user gave them, relative to the current folder; none for everything.
  /// - Parameter synth: makes what CDK apps add to both sides.
  /// - Throws: `RunError` when something that should be looked at cannot be read.
  package func check(
    _ request: Request, paths: [String] = [], settings: Settings = Settings(), synth: Synth? = nil
  ) throws(RunError) -> Outcome {
    try RunError.wrapping {
      let (run, filter) = try run(on: request, paths, settings, madeBy: synth)
      var outcome = try run.outcome(narrowedBy: filter)
      outcome.report.scope.paths = filter.paths
      try run.showSources(in: &outcome.report, within: filter)
      try run.showChangedLines(in: &outcome.report, within: filter)
      if settings.namesIntroductions { try nameIntroductions(in: &outcome, settings) }
      return outcome
    }
  }

  /// The models of the new side's template groups that a request looks at, and which templates the user named.
  package func models(
    on request: Request, paths: [String] = []
  ) throws(RunError) -> (models: [ServiceModel], isNamed: @Sendable (Path) -> Bool) {
    try RunError.wrapping {
      let (run, filter) = try run(on: request, paths, Settings())
      return (try run.models(), { filter.contains($0) })
    }
  }

  /// A run that has looked at every file of a request.
  private func run(
    on request: Request, _ names: [String], _ settings: Settings, madeBy synth: Synth? = nil
  ) throws -> (Run, PathFilter) {
    try synth.map(appOutput.allow)
    progress?("looking for files")
    let (comparison, filter, top) = try comparison(for: request, names.map { Path($0) })
    return (try run(on: comparison, filter, top: top, settings, madeBy: synth), filter)
  }

  /// - Parameter top: of the repository, if it is about one.
  func run(
    on comparison: Comparison, _ filter: PathFilter, top: String?, _ settings: Settings, madeBy synth: Synth? = nil
  ) throws -> Run {
    var comparison = comparison
    let files = SideFile(comparison: comparison, directory: directory, top: top)
    let policy = try Policy(settings, files)
    let base = policy.base(settings, files)
    try appOutput.add(to: &comparison, madeBy: synth, narrowedBy: filter)
    // A shard knows nothing of what the configuration silences in the others.
    let isAll = filter.paths.isEmpty && settings.shard == nil
    let scope: Screen.Scope = comparison.old != nil ? .change : isAll ? .everything : .templates(filter)
    var run = try Run(comparison, Screen(scope, policy: policy, base: base, settings: settings))
    run.listsConnections = settings.listsConnections
    run.progress = progress
    run.shard = settings.shard
    for path in comparison.paths(in: policy.configuration.files) { run.look(at: path) }
    return run
  }

  /// Whether a word names a revision or a range of revisions. A word that looks like a range but names unknown ones
  /// is an error and not a path, unless a file has that name.
  package func isRevision(_ word: String) throws(RunError) -> Bool {
    do {
      _ = try repository().resolve(word)
      return true
    } catch {
      if error.isNotARepository || isPath(word) { return false }
      if error.isUnknownRevision, !word.contains("..") { return false }
      throw RunError(error)
    }
  }

  /// Whether a file or folder of that name exists.
  package func isPath(_ word: String) -> Bool { FolderSnapshot(directory: directory).exists(Path(word)) }

  /// The sides of a request, what the user wants to hear of, and the top of the repository, if it is about one.
  func comparison(for request: Request, _ paths: [Path]) throws -> (Comparison, PathFilter, top: String?) {
    if case .assembly(let folder, let base) = request {
      let (comparison, filter) = try appOutput.comparison(of: folder, since: base, narrowedTo: paths)
      return (comparison, filter, try repository(orNoneFor: .all(revision: nil))?.workTree)
    }
    guard let repository = try repository(orNoneFor: request) else { return try comparison(ofFolders: paths) }
    let top = repository.workTree ?? directory
    guard let filter = PathFilter(paths, in: directory, relativeTo: top) else {
      guard request == .all(revision: nil) else {
        throw RunError("check \(paths.map(\.description).joined(separator: " "))", "outside of the repository \(top)")
      }
      return try comparison(ofFolders: paths)
    }
    return (try Comparison(request, in: repository, filter: filter.paths), filter, top)
  }

  private func comparison(ofFolders paths: [Path]) throws -> (Comparison, PathFilter, top: String?) {
    let folders = paths.isEmpty ? [Path(".")] : paths
    let snapshot = FolderSnapshot(directory: directory, roots: folders)
    return (try Comparison(folders: folders, snapshot: snapshot), PathFilter(paths: []), nil)
  }

  /// `nil` outside of any repository, where a request can do without one.
  private func repository(orNoneFor request: Request) throws(GitError) -> Repository? {
    do {
      return try repository()
    } catch {
      guard error.isNotARepository, request == .all(revision: nil) else { throw error }
      return nil
    }
  }

  private var appOutput: AppOutput { AppOutput(directory: directory, environment: environment, progress: progress) }

  func repository() throws(GitError) -> Repository {
    try Repository.open(from: directory, environment: HookEnvironment(environment))
  }
}
