package import Diagnostics
import Git

/// What fixing comes to, before anything is written.
package struct FixOutcome: Sendable {
  /// What is found when all is as mended. Where a fix was not made its summary says why.
  package fileprivate(set) var left: Outcome
  /// What is mended, each at its place before.
  package let fixed: [Diagnostic]
  let files: [File]
  /// The folder that paths are relative to; `nil` where there are no files to write to.
  var top: String?
  var isInRepository = true

  struct File: Sendable {
    let path: Path
    let before: [UInt8]
    let after: [UInt8]
  }

  /// The files that are to change.
  package var paths: [Path] { files.map(\.path) }

  /// Replaces the files, each as a whole or not at all.
  package func write() throws(RunError) {
    try RunError.wrapping {
      for file in files {
        guard let top else { throw RunError("write \(file.path)", "the repository has no work tree") }
        let replacement = FileReplacement(path: file.path, top: top, followsLinks: !isInRepository)
        try replacement.replace(file.before, by: file.after)
      }
    }
  }

  /// What `git apply` takes at the top. Templates are UTF-8, and git writes other bytes of paths in ASCII.
  package func patch() throws(RunError) -> String {
    try RunError.wrapping {
      let bytes = try files.flatMap { try Patch.text(of: $0.path.bytes, from: $0.before, to: $0.after) }
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}

extension Linter {
  /// Mends what a check of the same request would report.
  ///
  /// - Parameter isWritten: whether files are to be written, and not only a patch. Then a file of the index or of a commit
  ///   is mended only where the work tree has it just so.
  package func fix(
    _ request: Request, paths: [String] = [], settings: Settings = Settings(), isWritten: Bool
  ) throws(RunError) -> FixOutcome {
    try RunError.wrapping {
      let (comparison, filter, top) = try comparison(for: request, paths.map { Path($0) })
      let folder = comparison.repository == nil ? directory : comparison.repository?.workTree
      if isWritten, folder == nil {
        throw RunError(
          "fix templates", "the repository has no work tree", hint: "precede fix --diff prints a patch")
      }
      var fixing = Fixing(comparison) { comparison in
        try run(on: comparison, filter, top: top, settings).outcome(narrowedBy: filter)
      } obstacle: { path, bytes in
        guard isWritten, let repository = comparison.repository else { return nil }
        if case .workTree = comparison.sides.new { return nil }
        guard case .bytes(bytes)? = try WorkTreeSnapshot(repository: repository).contents(of: path) else {
          return "\(path) differs in the work tree; `precede fix --diff` prints a patch for `git apply`"
        }
        return nil
      }
      var outcome = try fixing.result()
      try Run(comparison).showSources(in: &outcome.left.report, within: filter)
      outcome.top = folder
      outcome.isInRepository = comparison.repository != nil
      return outcome
    }
  }
}
