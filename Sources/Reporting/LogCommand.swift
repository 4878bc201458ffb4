/// What a CI runner takes for a command when it reads a log. Text from a template must never look like one.
///
/// GitHub's runner knows two forms: `::name::` at the beginning of a line, after blanks, and the older
/// `##[name]` *anywhere* in a line (actions/runner `src/Runner.Common/ActionCommand.cs`). Azure's `##vso[` and
/// TeamCity's `##teamcity[` are of the second form.
struct LogCommand {
  private var hashes = 0

  /// Takes the scalars of a text one after the other; whether this one is a bracket that makes a command.
  mutating func opens(with scalar: Unicode.Scalar) -> Bool {
    if scalar.isIgnorable { return false }
    if scalar == "#" {
      hashes += 1
      return false
    }
    let isName = hashes >= 2 && (("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar))
    defer { if !isName { hashes = 0 } }
    return hashes >= 2 && scalar == "["
  }

  /// Whether a line that begins with the text would be run as `::name::`.
  static func begins(_ text: String) -> Bool {
    text.unicodeScalars.lazy.filter { !$0.isIgnorable }
      .drop { $0.properties.isWhitespace }.starts(with: "::".unicodeScalars)
  }
}

extension Unicode.Scalar {
  /// Whether a comparison by culture, which the runner makes, may pass over the scalar.
  fileprivate var isIgnorable: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .format: true
    default: properties.isDefaultIgnorableCodePoint
    }
  }
}
