import Diagnostics

/// The line of a terminal that tells what is being done.
package enum ProgressText {
  /// From the beginning of the line, and without a break at its end, so that the next one takes its place. Nothing takes
  /// it away.
  ///
  /// - Parameter columns: of the terminal. A longer line could not be taken away, since it would be two.
  package static func line(_ step: String?, columns: Int?) -> String {
    let text = step.map { "\(Tool.name): \($0) …" } ?? ""
    let place = Location(path: Path(""), range: .fileStart, line: text)
    return "\r" + (Excerpt(place, columns: (columns ?? 80) - 1)?.text ?? "") + "\u{1b}[K"
  }
}
