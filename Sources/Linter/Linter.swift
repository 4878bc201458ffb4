package import Diagnostics
import Git
package import Services
import Templates

/// One run: reads both sides, builds the models of the template groups that the change touches, applies the rules to
/// what it affects, and tells new diagnostics from those that were there before.
package struct Linter: Sendable {
  /// The absolute path of the current folder, without symbolic links.
  private let directory: String
  /// The variables of the process, of which git's count in a hook.
  private let environment: [String: String]

  package init(directory: String, environment: [String: String]) {
    self.directory = PathFilter.realPath(of: directory)
    self.environment = environment
  }

  /// - Parameter paths: files and folders as the user gave them, relative to the current folder; none for everything.
  /// - Parameter synth: makes what CDK apps add to both sides.
  /// - Throws: `RunError` when something that should be looked at cannot be read.
  package func check(_ request: Request, paths: [String] = [], synth: Synth? = nil) throws(RunError) -> Outcome {
    try RunError.wrapping {
      try synth.map(appOutput.allow)
      var (comparison, filter) = try comparison(for: request, paths.map { Path($0) })
      try appOutput.add(to: &comparison, madeBy: synth, narrowedBy: filter)
      var run = Run(comparison)
      for path in comparison.paths { try run.look(at: path) }
      let report = try run.report(narrowedBy: filter)
      return Outcome(
        report: report, details: comparison.details + run.details,
        appsNotSynthesised: comparison.apps.filter { !$0.isSynthesised }.map(\.file))
    }
  }

  /// The models of the new side's template groups that a request looks at, and which templates the user named.
  package func models(
    on request: Request, paths: [String] = []
  ) throws(RunError) -> (models: [ServiceModel], isNamed: @Sendable (Path) -> Bool) {
    try RunError.wrapping {
      let (comparison, filter) = try comparison(for: request, paths.map { Path($0) })
      var run = Run(comparison)
      for path in comparison.paths { try run.look(at: path) }
      return (try run.models(), { filter.contains($0) })
    }
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

  func comparison(for request: Request, _ paths: [Path]) throws -> (Comparison, PathFilter) {
    if case .assembly(let folder, let base) = request {
      return try appOutput.comparison(of: folder, since: base, narrowedTo: paths)
    }
    guard let repository = try repository(orNoneFor: request) else { return try comparison(ofFolders: paths) }
    let top = repository.workTree ?? directory
    guard let filter = PathFilter(paths, in: directory, relativeTo: top) else {
      guard request == .all(revision: nil) else {
        throw RunError("check \(paths.map(\.description).joined(separator: " "))", "outside of the repository \(top)")
      }
      return try comparison(ofFolders: paths)
    }
    return (try Comparison(request, in: repository, filter: filter.paths), filter)
  }

  private func comparison(ofFolders paths: [Path]) throws -> (Comparison, PathFilter) {
    let folders = paths.isEmpty ? [Path(".")] : paths
    let snapshot = FolderSnapshot(directory: directory, roots: folders)
    return (try Comparison(folders: folders, snapshot: snapshot), PathFilter(paths: []))
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

  private var appOutput: AppOutput { AppOutput(directory: directory, environment: environment) }

  private func repository() throws(GitError) -> Repository {
    try Repository.open(from: directory, environment: HookEnvironment(environment))
  }
}
