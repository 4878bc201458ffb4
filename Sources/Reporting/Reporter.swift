package import Diagnostics

/// Turns what a run found into the bytes of one format, as text. Pure: the same report gives the same text.
package protocol Reporter: Sendable {
  /// Ends with a line break unless it is empty.
  func report(_ report: Report) -> String
}
