import Diagnostics
import Git
import Templates

/// Finds for each new diagnostic of a range the first commit that has it. Only commits are looked at that touch a file
/// from which the diagnostic can come.
struct Introductions {
  let repository: Repository
  /// `nil` when everything is new.
  let old: ObjectID?
  let new: ObjectID
  /// The diagnostics that a commit of the range brings in among some files, by their fingerprints.
  let found: (_ commit: ObjectID, _ paths: Set<Path>) throws -> Set<String>

  /// - Parameter sources: the files from which each diagnostic can come, by its key.
  func name(in report: inout Report, sources: [[String]: Set<Path>]) throws {
    var open = report.diagnostics.indices.filter { report.diagnostics[$0].status == .new }
    guard !open.isEmpty else { return }
    for commit in try repository.commits(to: new, without: old.map { [$0] } ?? []) {
      var paths: Set<Path> = []
      let files = Dictionary(
        uniqueKeysWithValues: open.map { ($0, origins(of: report.diagnostics[$0], sources)) })
      for index in open { paths.formUnion(try touched(by: commit, among: files[index] ?? [])) }
      guard !paths.isEmpty else { continue }
      // With all that a diagnostic can come from, since a template is judged together with others.
      let concerned = open.filter { !(files[$0] ?? []).isDisjoint(with: paths) }
      let all = concerned.reduce(into: paths) { $0.formUnion(files[$1] ?? []) }
      let fingerprints = try found(commit, all)
      let here = Set(concerned.filter { fingerprints.contains(report.diagnostics[$0].fingerprint) })
      guard !here.isEmpty else { continue }
      open.removeAll(where: here.contains)
      // What lies before the cut of a shallow clone may have had it already.
      if !repository.isCut(at: commit) {
        let subject = try repository.subject(of: commit)
        for index in here {
          report.diagnostics[index].introduction = .init(commit: commit.description, subject: subject)
        }
      }
      if open.isEmpty { return }
    }
  }

  /// The templates, the manifests that may name them, and what says which rules count.
  private func origins(of diagnostic: Diagnostic, _ sources: [[String]: Set<Path>]) -> Set<Path> {
    let templates = sources[diagnostic.key] ?? [diagnostic.location.path]
    return templates.union(templates.map { $0.parent.appending(CloudAssembly.manifestName) })
      .union([SideFile.configuration])
  }

  /// The files that a commit has otherwise than each of its parents, so that a merge touches what it mends itself.
  private func touched(by commit: ObjectID, among paths: Set<Path>) throws -> Set<Path> {
    let tree = try repository.tree(of: commit)
    let parents = repository.isCut(at: commit) ? [] : try repository.parents(of: commit)
    let before = try (parents.isEmpty ? [nil] : parents.map(Optional.some)).map { try repository.tree(of: $0) }
    return try paths.filter { path in
      let file = try tree.file(at: path.bytes)
      return try before.allSatisfy { try $0.file(at: path.bytes)?.content != file?.content }
    }
  }
}
