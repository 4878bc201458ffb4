/// A step from a commit to one of its ancestors, as in `HEAD~2^2`.
enum RevisionStep: Equatable {
  /// `~n`: n times to the first parent.
  case back(Int)
  /// `^n`: to the n-th parent, counted from 1; 0 is the commit itself.
  case parent(Int)

  /// The name before the steps at its end, and the steps. `nil` when a number is too large to mean anything.
  static func split(_ name: String) -> (start: String, steps: [RevisionStep])? {
    guard !name.hasPrefix(":/") else { return (name, []) }
    var rest = Substring(name)
    var steps: [RevisionStep] = []
    while true {
      let digits = rest.reversed().prefix { $0.isASCII && $0.isNumber }
      let before = rest.dropLast(digits.count)
      guard let mark = before.last, mark == "~" || mark == "^" else { return (String(rest), steps) }
      guard let number = digits.isEmpty ? 1 : Int(String(digits.reversed())) else { return nil }
      steps.insert(mark == "~" ? .back(number) : .parent(number), at: 0)
      rest = before.dropLast()
    }
  }
}
