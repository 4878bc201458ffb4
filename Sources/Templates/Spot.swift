package import Diagnostics

/// A place of a file whose line and column are worked out when somebody asks: of all places that a model knows, hardly one
/// is ever told.
package struct Spot: Sendable {
  private let path: Path
  private let text: SourceText
  private let range: Range<Int>

  /// - Parameter range: bytes of the text.
  package init(_ range: Range<Int>, of text: SourceText, _ path: Path) {
    self.path = path
    self.text = text
    self.range = range
  }

  package var location: Location {
    Location(path: path, range: text.range(of: range), line: text.line(at: range.lowerBound))
  }
}
