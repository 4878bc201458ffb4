import Diagnostics

/// A place as people and editors write it.
enum PlaceText {
  static func of(_ location: Location) -> String {
    "\(location.path):\(location.range.start.line):\(location.range.start.column)"
  }
}
