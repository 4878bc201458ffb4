import Diagnostics

/// Where something is, as editors and problem matchers read it: `path:line:column`, of the range's start.
struct Place: CustomStringConvertible {
  let location: Location

  init(_ location: Location) { self.location = location }

  var description: String {
    "\(PathText(location.path)):\(location.range.start.line):\(location.range.start.column)"
  }
}
