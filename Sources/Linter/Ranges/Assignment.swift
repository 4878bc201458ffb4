/// What to look at on an occasion, and why.
struct Assignment {
  /// `nil` when there is nothing to look at.
  var request: Request?
  var reason: String
  /// The commit whose lines people see, where it is not the one that is looked at.
  var lines: String?

  /// What people are told of it.
  var sentence: String {
    switch request {
    case .revisions(let range)? where Push.isZero(String(range.prefix { $0 != "." })):
      "checking all of \(range.drop { $0 != "." }.dropFirst(2)): \(reason)"
    case .revisions(let range)?: "checking \(range): \(reason)"
    case .all?, .allStaged?: "checking every template: \(reason)"
    case .staged?, .workTree?, .assembly?: "checking \(reason)"
    case nil: "nothing to check: \(reason)"
    }
  }
}
