/// How bad a diagnostic is, from `notice` to `error`. Every format maps it to its own words.
package enum Severity: String, CaseIterable, Sendable {
  case notice, warning, error
}

extension Severity: Comparable {
  package static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
  private var rank: Int { self == .notice ? 0 : self == .warning ? 1 : 2 }
}
