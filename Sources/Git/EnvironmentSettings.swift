/// Configuration that comes by variables: see "ENVIRONMENT" in git-config(1), and git's config.c for what `git -c` hands
/// to the commands that it starts.
extension Setting {
  /// GIT_CONFIG_COUNT and its pairs.
  static func counted(in variables: [String: String]) -> [Setting] {
    guard let count = variables["GIT_CONFIG_COUNT"].flatMap({ Int($0) }), count > 0 else { return [] }
    return (0..<min(count, variables.count)).compactMap { number in
      guard let key = variables["GIT_CONFIG_KEY_\(number)"], let value = variables["GIT_CONFIG_VALUE_\(number)"]
      else { return nil }
      return Setting(key: key, value: value)
    }
  }

  /// GIT_CONFIG_PARAMETERS: `'key'='value'`, or `'key=value'` as git wrote it before 2.30, with spaces between.
  static func quoted(in text: String) -> [Setting] {
    var rest = Substring(text)
    var settings: [Setting] = []
    while true {
      rest = rest.drop { $0 == " " }
      guard let key = word(&rest) else { return settings }
      if rest.first == "=" {
        rest.removeFirst()
        // Without a value it is a switch that is on.
        let isSwitch = rest.first == nil || rest.first == " "
        guard let value = isSwitch ? "true" : word(&rest) else { return settings }
        settings.append(Setting(key: key, value: value))
      } else {
        let parts = key.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        settings.append(Setting(key: parts[0], value: parts.count > 1 ? parts[1] : "true"))
      }
    }
  }

  /// Quoted for the shell as git does it: in single quotes, but `'` and `!` stand outside behind a backslash.
  private static func word(_ rest: inout Substring) -> String? {
    guard rest.first == "'" else { return nil }
    var word = ""
    while rest.first == "'" {
      rest.removeFirst()
      guard let end = rest.firstIndex(of: "'") else { return nil }
      word += rest[..<end]
      rest = rest[rest.index(after: end)...]
      while rest.first == "\\", let escaped = rest.dropFirst().first {
        word.append(escaped)
        rest = rest.dropFirst(2)
      }
    }
    return word
  }

  private init(key: String, value: String) { self.init(name: Self.name(key), value: value) }

  /// The section and the last part of a name are the same in either case, what stands between them is not.
  static func name(_ key: String) -> String {
    let start = key.firstIndex(of: ".") ?? key.startIndex
    let end = key.lastIndex(of: ".") ?? key.startIndex
    return key[..<start].lowercased() + key[start..<end] + key[end...].lowercased()
  }
}
