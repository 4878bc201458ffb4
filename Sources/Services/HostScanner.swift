import Deployment

/// Finds hosts in a text, scalar by scalar: URLs and lists of them, `host:port`, and what stands behind a word that means
/// a host, in command lines, connection strings and the configuration of nginx.
struct HostScanner {
  private let scalars: [Unicode.Scalar]
  private var found: [HostToken] = []
  /// Names that the text gives to groups of servers, which are no hosts.
  private var groups: Set<String> = []
  /// The last labelled host that still has no port, and a port that stands before its host.
  private var hostWithoutPort: Int?
  private var portWithoutHost: Int?

  /// In scalars. A text of many URLs that run into each other must not cost its length for each of them.
  private static let longestPath = 1000
  /// Far more than a task calls.
  private static let mostTokens = 2000

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  mutating func tokens() -> [HostToken] {
    for index in scalars.indices where scalars[index] == ":" && found.count < HostScanner.mostTokens {
      if hasPrefix("://", at: index) {
        authority(from: index + 3, scheme: scheme(before: index))
      } else {
        pair(at: index)
      }
    }
    whole()
    words()
    return found.filter { !groups.contains($0.host) }
  }

  // MARK: URLs

  private func scheme(before index: Int) -> String {
    var start = index
    while start > 0, isHostScalar(scalars[start - 1]) { start -= 1 }
    return text(scalars[start..<index]).lowercased()
  }

  /// Reads `user@host:port,host:port/path`.
  private mutating func authority(from start: Int, scheme: String) {
    let end = scalars[start...].firstIndex { isSpace($0) || isDelimiter($0) || "/?#".unicodeScalars.contains($0) }
    let authority = scalars[start..<(end ?? scalars.endIndex)]
    let hosts = authority.lastIndex(of: "@").map { authority[($0 + 1)...] } ?? authority
    let path = path(at: end ?? scalars.endIndex)
    for part in hosts.split(separator: ",") { add(hostAndPort: part, form: .url, scheme: scheme, path: path) }
  }

  private func path(at start: Int) -> String? {
    guard start < scalars.count, scalars[start] == "/" else { return nil }
    let rest = scalars[start...].prefix(HostScanner.longestPath)
    return text(rest.prefix { !isSpace($0) && !isDelimiter($0) && $0 != "?" && $0 != "#" })
  }

  // MARK: host:port

  private mutating func pair(at index: Int) {
    var start = index
    while start > 0, isHostScalar(scalars[start - 1]) { start -= 1 }
    let digits = scalars[(index + 1)...].prefix(while: isDigit)
    let isOpen = index + 1 < scalars.count && HoleTable.isHole(scalars[index + 1])
    guard start < index, isOpen || (1...5).contains(digits.count) else { return }
    // `scheme:1` in a longer word, a time of day or an image digest is no pair, nor is `user:1@host`.
    if digits.endIndex < scalars.endIndex, !isOpen, isHostScalar(scalars[digits.endIndex]) { return }
    if digits.endIndex < scalars.endIndex, scalars[digits.endIndex] == "@" { return }
    if start > 0, scalars[start - 1] == ":" { return }
    // Part of a path: `https://example.com/mysql:3306`, `registry/mysql:8`.
    if start > 0, scalars[start - 1] == "/", !(start > 1 && scalars[start - 2] == "/") { return }
    let end = isOpen ? index + 2 : digits.endIndex
    add(host: scalars[start..<index], port: Int(text(digits)), form: .hostAndPort, path: path(at: end))
  }

  // MARK: Words

  /// The whole text as a host, hosts between commas or semicolons, or a host with a path.
  private mutating func whole() {
    let parts = scalars.split { $0 == "," || $0 == ";" }.map { part in
      ArraySlice(part.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
    if parts.allSatisfy({ $0.allSatisfy(isHostScalar) }) {
      for part in parts { add(host: part, port: nil, form: .bare) }
    } else if parts.count == 1, let slash = parts[0].firstIndex(of: "/"), parts[0][..<slash].allSatisfy(isHostScalar),
      !parts[0].contains(where: isSpace)
    {
      add(host: parts[0][..<slash], port: nil, form: .bare, path: text(parts[0][slash...]))
    }
  }

  private mutating func words() {
    let words = scalars.split { isSpace($0) || "\"',;()[]{}<>".unicodeScalars.contains($0) }
    let isNginx = words.contains { text($0) == "upstream" }
    for (index, word) in words.enumerated() {
      let next = index + 1 < words.count ? words[index + 1] : nil
      if word.allSatisfy(isHostScalar), let next, (1...5).contains(next.count), next.allSatisfy(isDigit) {
        add(host: word, port: Int(text(next)), form: .hostAndPort)
      }
      if text(word) == "upstream", let next { groups.insert(text(next).lowercased()) }
      if let next, isStatement(word, inNginx: isNginx) { add(hostAndPort: next, form: .labelled) }
      device(word)
      label(word, next)
    }
  }

  /// `server api:80` in a group of nginx, `fastcgi_pass api:9000`.
  /// https://nginx.org/en/docs/http/ngx_http_upstream_module.html
  private func isStatement(_ word: ArraySlice<Unicode.Scalar>, inNginx isNginx: Bool) -> Bool {
    let name = text(word)
    return nginxStatements.contains(name) || (isNginx && name == "server")
  }

  /// `/dev/tcp/mysql/3306`, how bash opens a connection.
  private mutating func device(_ word: ArraySlice<Unicode.Scalar>) {
    let parts = word.split(separator: "/")
    guard let name = parts.firstIndex(where: { text($0) == "tcp" }), name > 0, text(parts[name - 1]) == "dev",
      name + 2 < parts.count, let port = Int(text(parts[name + 2].prefix(while: isDigit)))
    else { return }
    add(host: parts[name + 1], port: port, form: .hostAndPort)
  }

  // MARK: Labels

  /// `host=mysql`, `"host": "mysql"`, `--db-host=mysql`, `--db-host mysql`, `-h mysql`, `-hmysql`; and the same for ports.
  private mutating func label(_ word: ArraySlice<Unicode.Scalar>, _ next: ArraySlice<Unicode.Scalar>?) {
    if let sign = word.firstIndex(where: { $0 == "=" || $0 == ":" }) {
      let value = word[(sign + 1)...]
      label(text(word[..<sign]), value.isEmpty ? next ?? value : value)
    } else if let next, word.first == "-" {
      switch text(word) {
      case "-h": add(hostAndPort: next, form: .labelled)
      case "-p", "-P": addPort(next)
      case let name: label(name, next)
      }
    } else if let next, next.first == ":" || next.first == "=" {
      // A quote between the name and the sign, as in JSON, has split them.
      let rest = scalars[(next.startIndex + 1)...].drop { isSpace($0) || $0 == "\"" || $0 == "'" }
      label(text(word), rest.prefix { isHostScalar($0) || $0 == ":" })
    }
    if word.count > 2, word.starts(with: "-h".unicodeScalars) { add(hostAndPort: word.dropFirst(2), form: .labelled) }
  }

  private mutating func label(_ name: String, _ value: ArraySlice<Unicode.Scalar>) {
    if HostWords.meanHost(name) {
      // SQL Server writes `tcp:` before the host.
      let isPrefixed = value.starts(with: "tcp:".unicodeScalars)
      add(hostAndPort: isPrefixed ? value.dropFirst(4) : value, form: .labelled)
    } else if HostWords.stemOfPort(name) != nil {
      addPort(value)
    }
  }

  /// The port of the labelled host before it, else of the next one.
  private mutating func addPort(_ value: ArraySlice<Unicode.Scalar>) {
    guard (1...5).contains(value.count), value.allSatisfy(isDigit), let port = Int(text(value)) else { return }
    if let index = hostWithoutPort { found[index].port = port } else { portWithoutHost = port }
    hostWithoutPort = nil
  }

  // MARK: Tokens

  private mutating func add(
    hostAndPort part: ArraySlice<Unicode.Scalar>, form: HostToken.Form, scheme: String? = nil, path: String? = nil
  ) {
    let host = part.prefix(while: isHostScalar)
    var port: Int?
    if host.endIndex < part.endIndex {
      guard scalars[host.endIndex] == ":" || (form == .labelled && scalars[host.endIndex] == "/") else { return }
      let digits = part[(host.endIndex + 1)...].prefix(while: isDigit)
      if scalars[host.endIndex] == ":", !digits.isEmpty { port = Int(text(digits)) }
      // `jdbc:mysql://…` behind a label is a URL, and its scheme no host.
      if port == nil, scalars[host.endIndex] == ":", form == .labelled { return }
    }
    add(host: host, port: port, form: form, scheme: scheme, path: path)
  }

  private mutating func add(
    host: ArraySlice<Unicode.Scalar>, port: Int?, form: HostToken.Form, scheme: String? = nil, path: String? = nil
  ) {
    // A host name may end in a dot, which says that it is complete.
    let name = host.last == "." ? host.dropLast() : host
    guard let first = name.first, first != ".", first != "-", !name.allSatisfy(isDigit) else { return }
    var token = HostToken(host: text(name).lowercased(), port: port, form: form, scheme: scheme, path: path)
    if form == .labelled, port == nil {
      if portWithoutHost == nil { hostWithoutPort = found.count }
      token.port = portWithoutHost
      portWithoutHost = nil
    }
    found.append(token)
  }

  private func text(_ slice: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(slice))
  }

  private func hasPrefix(_ prefix: String, at index: Int) -> Bool {
    scalars[index...].starts(with: prefix.unicodeScalars)
  }
}

/// https://nginx.org/en/docs/http/ngx_http_proxy_module.html and its like
private let nginxStatements: Set<String> = [
  "proxy_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass", "grpc_pass", "memcached_pass",
]

private func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

private func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

/// What ends a URL in any of the languages that it may stand in.
private func isDelimiter(_ scalar: Unicode.Scalar) -> Bool { "\"'`<>()[]{}\\;|".unicodeScalars.contains(scalar) }

private func isHostScalar(_ scalar: Unicode.Scalar) -> Bool {
  isDigit(scalar) || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "." || scalar == "-"
    || scalar == "_" || HoleTable.isHole(scalar)
}
