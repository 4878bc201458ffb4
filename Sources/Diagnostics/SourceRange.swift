/// A part of a text, half-open: `end` is the position after the last scalar.
package struct SourceRange: Hashable, Sendable {
  package var start: SourcePosition
  package var end: SourcePosition

  package init(start: SourcePosition, end: SourcePosition) {
    self.start = start
    self.end = end
  }

  /// The very beginning of a file, for what concerns the file as a whole.
  package static let fileStart = SourceRange(start: .start, end: .start)
}
