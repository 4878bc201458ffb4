import ArgumentParser
import Linter

/// What the words of a command line name: at most one revision or range, and files and folders.
struct Target {
  let revision: String?
  let paths: [String]

  /// As in git: a word that is no revision but an existing path is a path, and after the first path all are.
  init(_ words: [String], paths: [String], _ linter: Linter) throws {
    var revision: String?
    var found: [String] = []
    for (index, word) in words.enumerated() {
      if index == 0, try linter.isRevision(word) {
        revision = word
      } else if linter.isPath(word) {
        found.append(word)
      } else if index == 0 {
        throw RunError(
          "check \(word)", "it is neither a revision nor a file or folder",
          hint: "put -- before files that are gone: precede check -- \(word)")
      } else {
        throw RunError("check \(word)", "no such file or folder", hint: "two revisions are written A..B")
      }
    }
    self.revision = revision
    self.paths = found + paths
  }
}
