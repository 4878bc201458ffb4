package import Diagnostics

/// What was mended or can be: a line for each fix, in the form of the report of what is wrong.
package enum FixedText {
  /// - Parameter isDone: whether files were changed.
  package static func lines(for diagnostics: [Diagnostic], isDone: Bool) -> String {
    diagnostics.map { diagnostic in
      let message = TerminalText.escaped(diagnostic.message.text)
      let rule = TerminalText.escaped(diagnostic.rule)
      return "\(Place(diagnostic.location)): \(isDone ? "fixed" : "can be fixed"): \(message) [\(rule)]\n"
    }
    .joined()
  }

  /// How much that is, for standard error.
  package static func summary(of diagnostics: [Diagnostic], in paths: [Path], isDone: Bool) -> String {
    let files = Count(paths.count, "file")
    return isDone
      ? "\(diagnostics.count) fixed in \(files)" : "\(diagnostics.count) can be fixed in \(files), nothing was written"
  }

  /// The files as words of a command line for people to copy, as far as they are plain.
  package static func names(of paths: [Path]) -> String {
    paths.map { PathText($0).description }.joined(separator: " ")
  }
}
