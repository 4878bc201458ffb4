/// What to do about a diagnostic: a sentence with the text to paste, and edits where it can be done by machine.
package struct Fix: Hashable, Sendable {
  package var summary: String
  package var edits: [Edit]
  /// Why there are no edits, where the summary does not tell.
  package var obstacle: String?

  package init(summary: String, edits: [Edit] = [], obstacle: String? = nil) {
    self.summary = summary
    self.edits = edits
    self.obstacle = obstacle
  }

  /// Replace the range by the text; an empty range inserts.
  package struct Edit: Hashable, Sendable {
    package var path: Path
    package var range: SourceRange
    package var text: String
    /// The line on which the range begins, without its line break; `nil` when there is none to show.
    package var line: String?

    package init(path: Path, range: SourceRange, text: String, line: String? = nil) {
      self.path = path
      self.range = range
      self.text = text
      self.line = line
    }
  }
}
