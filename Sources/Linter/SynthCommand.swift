/// The command that synthesises an app, in the shell and with the variables that it is to see.
struct SynthCommand {
  let text: String

  /// The command with `{out}`, `{root}` replaced, each so that the shell reads it as it is: as a word of its own or as a
  /// part of one, inside quotes too.
  func replacing(_ values: [String: String]) -> String {
    var result = ""
    var quote: Character?
    var rest = text[...]
    while let letter = rest.first {
      if let (name, value) = values.first(where: { rest.hasPrefix("{\($0.key)}") }) {
        result += SynthCommand.escaped(value, in: quote)
        rest = rest.dropFirst(name.count + 2)
        continue
      }
      rest = rest.dropFirst()
      result.append(letter)
      switch letter {
      case "\\" where quote != "'":
        if let next = rest.popFirst() { result.append(next) }
      case "'", "\"":
        if quote == nil { quote = letter } else if quote == letter { quote = nil }
      default: break
      }
    }
    return result
  }

  private static func escaped(_ value: String, in quote: Character?) -> String {
    switch quote {
    case "'": return value.replacing("'", with: #"'\''"#)
    case "\"": return String(value.flatMap { #""\$`"#.contains($0) ? ["\\", $0] : [$0] })
    default:
      let isPlain = value.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || "0123456789/._-+@%".unicodeScalars.contains($0)
      }
      return isPlain ? value : "'" + value.replacing("'", with: #"'\''"#) + "'"
    }
  }

  /// The variables that code of the change may see: none that commonly hold a secret, unless the user names them, and
  /// none by which git tells a hook of its repository.
  static func variables(_ all: [String: String], keeping named: Set<String>) -> [String: String] {
    all.filter { name, _ in
      if named.contains(name) { return true }
      let upper = name.uppercased()
      return !["AWS_", "ACTIONS_"].contains(where: upper.hasPrefix)
        && !["TOKEN", "SECRET", "PASSWORD"].contains(where: upper.contains) && !ofRepository.contains(name)
    }
  }

  /// `git rev-parse --local-env-vars`, and what a hook of a server gets.
  private static let ofRepository: Set<String> = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT",
    "GIT_OBJECT_DIRECTORY", "GIT_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE", "GIT_INDEX_FILE",
    "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE", "GIT_PREFIX", "GIT_SHALLOW_FILE", "GIT_COMMON_DIR",
    "GIT_QUARANTINE_PATH",
  ]
}
