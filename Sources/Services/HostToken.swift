import Deployment

/// A host that a text names, and how sure the text makes it that a host is meant.
struct HostToken: Hashable {
  /// In lower case; a hole of the text is a scalar of it.
  let host: String
  let port: Int?
  let form: Form

  enum Form: Hashable {
    /// Behind `scheme://`.
    case url
    /// `host:port`, or the two as words one after the other.
    case hostAndPort
    /// The value of a word that means a host: `host=mysql`, `--db-host mysql`.
    case labelled
    /// The whole text, or an element of a list that is the whole text.
    case bare
  }

  /// Every token in a text; one word may give tokens of several forms.
  static func all(in text: String) -> [HostToken] {
    var scanner = TextScanner(text)
    return scanner.tokens()
  }

  /// Whether the name of a variable, flag or key means a host: `WORDPRESS_DB_HOST`, `--upstream`, `brokers`.
  static func isHostLike(_ name: String) -> Bool {
    let words = HostToken.words(of: name)
    guard let last = words.last, !otherWords.contains(last) else { return false }
    return words.contains { hostWords.contains($0) }
  }

  /// The words of a name, in upper case, without digits at the end: `dbHost2` is DB, HOST.
  static func words(of name: String) -> [String] {
    var words: [String] = [""]
    var wasLower = false
    for scalar in name.unicodeScalars {
      let properties = scalar.properties
      if !properties.isAlphabetic, !("0"..."9").contains(scalar) {
        words.append("")
        wasLower = false
        continue
      }
      if properties.isUppercase, wasLower { words.append("") }
      wasLower = properties.isLowercase
      words[words.count - 1] += String(scalar).uppercased()
    }
    return words.compactMap { word in
      let stem = word.reversed().drop { $0.isNumber }.reversed()
      return stem.isEmpty ? nil : String(stem)
    }
  }
}

/// Words of names whose value is a host or a list of hosts. Not among them: words that as often name a driver or a
/// product (`DB_CONNECTION=mysql`, `CACHE_BACKEND=redis`, `DATA_SOURCE`, `PROXY`, `SERVICE`).
private let hostWords: Set<String> = [
  "HOST", "HOSTS", "HOSTNAME", "SERVER", "SERVERS", "ADDR", "ADDRS", "ADDRESS", "ADDRESSES", "ENDPOINT", "ENDPOINTS",
  "URL", "URLS", "URI", "URIS", "DSN", "BROKER", "BROKERS", "UPSTREAM", "UPSTREAMS", "NODES", "PEERS", "SEEDS", "ORIGIN",
  "FQDN",
]

/// Last words of names whose value is something else, whatever comes before.
private let otherWords: Set<String> = [
  "NAME", "USER", "USERNAME", "PASS", "PASSWORD", "PORT", "PATH", "DB", "DATABASE", "SCHEMA", "TABLE", "TYPE",
  "PROTOCOL", "SCHEME", "KEY", "TOKEN", "SECRET", "ID", "REGION", "TIMEOUT", "MODE", "ENABLED", "DRIVER", "DIALECT",
  "ENGINE", "PROFILE", "PROFILES", "PREFIX", "VERSION", "TAG", "IMAGE", "ROLE", "LEVEL", "BIND", "LISTEN",
]

/// Finds tokens in a text, scalar by scalar.
private struct TextScanner {
  private let scalars: [Unicode.Scalar]
  private var found: [HostToken] = []

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  mutating func tokens() -> [HostToken] {
    var covered = 0
    for index in scalars.indices where index >= covered && hasPrefix("://", at: index) {
      covered = authority(from: index + 3)
    }
    pairs()
    words()
    return found
  }

  // MARK: URLs

  /// Reads `user@host:port,host:port` and returns where it ends.
  private mutating func authority(from start: Int) -> Int {
    let end = scalars[start...].firstIndex { isSpace($0) || "/?#\"'`<>()[]{}\\;|".unicodeScalars.contains($0) }
    let authority = scalars[start..<(end ?? scalars.endIndex)]
    let hosts = authority.lastIndex(of: "@").map { authority[($0 + 1)...] } ?? authority
    for part in hosts.split(separator: ",") { add(hostAndPort: part, form: .url) }
    return end ?? scalars.endIndex
  }

  // MARK: host:port

  private mutating func pairs() {
    for index in scalars.indices where scalars[index] == ":" {
      let start = startOfHost(before: index)
      let digits = scalars[(index + 1)...].prefix { isDigit($0) }
      guard start < index, (1...5).contains(digits.count) else { continue }
      // `scheme:1` in a longer word, a time of day or an image digest is no pair.
      if digits.endIndex < scalars.endIndex, isHostScalar(scalars[digits.endIndex]) { continue }
      if start > 0, scalars[start - 1] == ":" { continue }
      // Part of a path: `https://example.com/mysql:3306`, `registry/mysql:8`.
      if start > 0, scalars[start - 1] == "/", !(start > 1 && scalars[start - 2] == "/") { continue }
      add(host: scalars[start..<index], port: Int(text(digits)), form: .hostAndPort)
    }
  }

  private func startOfHost(before index: Int) -> Int {
    var start = index
    while start > 0, isHostScalar(scalars[start - 1]) { start -= 1 }
    return start
  }

  // MARK: Words

  private mutating func words() {
    let words = scalars.split { isSpace($0) || "\"',;()[]{}<>".unicodeScalars.contains($0) }
    if isListOfHosts {
      for word in words { add(host: word, port: nil, form: .bare) }
    }
    for (index, word) in words.enumerated() {
      let next = index + 1 < words.count ? words[index + 1] : nil
      if word.allSatisfy(isHostScalar), let next, (1...5).contains(next.count), next.allSatisfy(isDigit) {
        add(host: word, port: Int(text(next)), form: .hostAndPort)
      }
      label(word, next)
    }
  }

  /// Whether the text is one host, or hosts between commas or semicolons.
  private var isListOfHosts: Bool {
    scalars.split { $0 == "," || $0 == ";" }.allSatisfy { part in
      part.drop(while: isSpace).reversed().drop(while: isSpace).allSatisfy(isHostScalar)
    }
  }

  /// `host=mysql`, `"host": "mysql"`, `--db-host=mysql`, `--db-host mysql`, `-h mysql`.
  private mutating func label(_ word: ArraySlice<Unicode.Scalar>, _ next: ArraySlice<Unicode.Scalar>?) {
    if let sign = word.firstIndex(where: { $0 == "=" || $0 == ":" }) {
      let name = text(word[..<sign])
      guard HostToken.isHostLike(name) else { return }
      let value = word[(sign + 1)...]
      if value.isEmpty, let next {
        add(hostAndPort: next, form: .labelled)
      } else {
        add(hostAndPort: value, form: .labelled)
      }
    } else if let next, word.first == "-", text(word) == "-h" || HostToken.isHostLike(text(word)) {
      add(hostAndPort: next, form: .labelled)
    } else if let next, next.first == ":" || next.first == "=", HostToken.isHostLike(text(word)) {
      // A quote between the name and the sign, as in JSON, has split them.
      labelAfterQuote(next)
    }
  }

  private mutating func labelAfterQuote(_ sign: ArraySlice<Unicode.Scalar>) {
    let rest = scalars[(sign.startIndex + 1)...].drop { isSpace($0) || $0 == "\"" || $0 == "'" }
    add(hostAndPort: rest.prefix { isHostScalar($0) || $0 == ":" }, form: .labelled)
  }

  // MARK: Tokens

  private mutating func add(hostAndPort part: ArraySlice<Unicode.Scalar>, form: HostToken.Form) {
    let host = part.prefix(while: isHostScalar)
    var port: Int?
    if host.endIndex < part.endIndex {
      guard scalars[host.endIndex] == ":" else { return }
      let digits = part[(host.endIndex + 1)...]
      if !digits.isEmpty, digits.allSatisfy(isDigit) { port = Int(text(digits)) }
    }
    add(host: host, port: port, form: form)
  }

  private mutating func add(host: ArraySlice<Unicode.Scalar>, port: Int?, form: HostToken.Form) {
    // A host name may end in a dot, which says that it is complete.
    let name = host.last == "." ? host.dropLast() : host
    guard let first = name.first, first != ".", first != "-", !name.allSatisfy(isDigit) else { return }
    found.append(HostToken(host: text(name).lowercased(), port: port, form: form))
  }

  private func text(_ slice: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(slice))
  }

  private func hasPrefix(_ prefix: String, at index: Int) -> Bool {
    scalars[index...].starts(with: prefix.unicodeScalars)
  }
}

private func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

private func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

private func isHostScalar(_ scalar: Unicode.Scalar) -> Bool {
  isDigit(scalar) || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "." || scalar == "-"
    || scalar == "_" || HoleTable.isHole(scalar)
}
