/// A range in a file, with the line of text it begins on, so that a report needs no file to show it.
package struct Location: Hashable, Sendable {
  package var path: Path
  package var range: SourceRange
  /// The first line of the range without its line break; `nil` when there is no text to show.
  package var line: String?

  package init(path: Path, range: SourceRange, line: String? = nil) {
    self.path = path
    self.range = range
    self.line = line
  }

  /// What the range holds of its first line.
  package var text: String? {
    guard let scalars = line?.unicodeScalars else { return nil }
    let rest = scalars.dropFirst(range.start.column - 1)
    let isWhole = range.end.line > range.start.line
    return String(isWhole ? rest : rest.prefix(max(range.end.column - range.start.column, 0)))
  }
}

extension Location: Comparable {
  /// By path, line and column: the order in which diagnostics are reported.
  package static func < (a: Location, b: Location) -> Bool {
    a.path != b.path ? a.path < b.path : a.range.start < b.range.start
  }
}
