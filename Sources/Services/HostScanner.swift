import Deployment

/// Finds hosts in a text: URLs and lists of them, `host:port`, and what stands behind a word that means a host, in command
/// lines, connection strings and the configuration of nginx.
struct HostScanner {
  private let text: HostText
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

  init(_ text: String) { self.text = HostText(text) }

  mutating func tokens() -> [HostToken] {
    for index in text.indices where text[index] == colon && found.count < HostScanner.mostTokens {
      if text.begins(index..<text.units.count, with: "://") {
        authority(from: index + 3, scheme: text.lowercased(startOfHost(before: index)..<index))
      } else {
        pair(at: index)
      }
    }
    whole()
    words()
    return groups.isEmpty ? found : found.filter { !groups.contains($0.host) }
  }

  private func startOfHost(before index: Int) -> Int {
    var start = index
    while start > 0, text[start - 1].isHost { start -= 1 }
    return start
  }

  // MARK: URLs

  /// Reads `user@host:port,host:port/path`.
  private mutating func authority(from start: Int, scheme: String) {
    let end = text.first(in: start..<text.units.count) { $0.endsURL || $0 == slash || $0 == question || $0 == hash }
    let user = text.droppingLast(of: start..<end) { $0 != UInt8(ascii: "@") }
    let path = path(at: end)
    for part in text.split(user.upperBound..<end, by: { $0 == comma }) {
      add(hostAndPort: part, form: .url, scheme: scheme, path: path)
    }
  }

  private func path(at start: Int) -> String? {
    guard start < text.units.count, text[start] == slash else { return nil }
    let rest = start..<min(text.units.count, start + HostScanner.longestPath)
    return text.string(start..<text.first(in: rest) { $0.endsURL || $0 == question || $0 == hash })
  }

  // MARK: host:port

  private mutating func pair(at index: Int) {
    let start = startOfHost(before: index)
    let digits = digits(from: index + 1, to: text.units.count)
    let isOpen = index + 1 < text.units.count && text[index + 1] == HostText.hole
    guard start < index, isOpen || (1...5).contains(digits.count) else { return }
    if digits.upperBound < text.units.count {
      // `scheme:1` in a longer word, a time of day or an image digest is no pair, nor is `user:1@host`.
      if !isOpen, text[digits.upperBound].isHost { return }
      if text[digits.upperBound] == UInt8(ascii: "@") { return }
    }
    if start > 0, text[start - 1] == colon { return }
    // Part of a path: `https://example.com/mysql:3306`, `registry/mysql:8`.
    if start > 0, text[start - 1] == slash, !(start > 1 && text[start - 2] == slash) { return }
    let end = isOpen ? index + 2 : digits.upperBound
    add(host: start..<index, port: number(digits), form: .hostAndPort, path: path(at: end))
  }

  // MARK: Words

  /// The whole text as a host, hosts between commas or semicolons, or a host with a path.
  private mutating func whole() {
    let parts = text.split(text.indices) { $0 == comma || $0 == UInt8(ascii: ";") }.map { part in
      text.droppingLast(of: text.first(in: part) { !$0.isSpace }..<part.upperBound, while: \.isSpace)
    }
    if parts.allSatisfy({ text.allSatisfy($0, \.isHost) }) {
      for part in parts { add(host: part, port: nil, form: .bare) }
    } else if parts.count == 1 {
      let part = parts[0]
      let end = text.first(in: part) { !$0.isHost }
      guard end < part.upperBound, text[end] == slash, text.allSatisfy(part, { !$0.isSpace }) else { return }
      add(host: part.lowerBound..<end, port: nil, form: .bare, path: text.string(end..<part.upperBound))
    }
  }

  private mutating func words() {
    let words = text.split(text.indices, by: \.separatesWords)
    let isNginx = words.contains { text.matches($0, "upstream") }
    for (index, word) in words.enumerated() {
      let next = index + 1 < words.count ? words[index + 1] : nil
      if let next, isPort(next), text.allSatisfy(word, \.isHost) {
        add(host: word, port: number(next), form: .hostAndPort)
      }
      if isNginx, text.matches(word, "upstream"), let next { groups.insert(text.string(next).lowercased()) }
      if let next, isStatement(word, inNginx: isNginx) { add(hostAndPort: next, form: .labelled) }
      device(word)
      label(word, next)
    }
  }

  /// `server api:80` in a group of nginx, `fastcgi_pass api:9000`.
  /// https://nginx.org/en/docs/http/ngx_http_upstream_module.html
  private func isStatement(_ word: Range<Int>, inNginx isNginx: Bool) -> Bool {
    if isNginx, text.matches(word, "server") { return true }
    return text.begins(max(word.lowerBound, word.upperBound - 5)..<word.upperBound, with: "_pass")
      && nginxStatements.contains(text.string(word))
  }

  /// `/dev/tcp/mysql/3306`, how bash opens a connection.
  private mutating func device(_ word: Range<Int>) {
    guard !text.allSatisfy(word, { $0 != slash }) else { return }
    let parts = text.split(word) { $0 == slash }
    guard let name = parts.firstIndex(where: { text.matches($0, "tcp") }), name > 0,
      text.matches(parts[name - 1], "dev"), name + 2 < parts.count,
      let port = number(digits(from: parts[name + 2].lowerBound, to: parts[name + 2].upperBound))
    else { return }
    add(host: parts[name + 1], port: port, form: .hostAndPort)
  }

  // MARK: Labels

  /// `host=mysql`, `"host": "mysql"`, `--db-host=mysql`, `--db-host mysql`, `-h mysql`, `-hmysql`; and the same for ports.
  private mutating func label(_ word: Range<Int>, _ next: Range<Int>?) {
    let sign = text.first(in: word) { $0 == equals || $0 == colon }
    if sign < word.upperBound {
      let value = sign + 1..<word.upperBound
      label(named: word.lowerBound..<sign, value.isEmpty ? next ?? value : value)
    } else if let next, text[word.lowerBound] == UInt8(ascii: "-") {
      if text.matches(word, "-h") {
        add(hostAndPort: next, form: .labelled)
      } else if text.matches(word, "-p") || text.matches(word, "-P") {
        addPort(next)
      } else {
        label(named: word, next)
      }
    } else if let next, text[next.lowerBound] == colon || text[next.lowerBound] == equals {
      // A quote between the name and the sign, as in JSON, has split them.
      let rest = next.lowerBound + 1..<text.units.count
      let start = text.first(in: rest) { !$0.isSpace && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") }
      label(named: word, start..<text.first(in: start..<rest.upperBound) { !$0.isHost && $0 != colon })
    }
    if word.count > 2, text.begins(word, with: "-h") {
      add(hostAndPort: word.lowerBound + 2..<word.upperBound, form: .labelled)
    }
  }

  private mutating func label(named name: Range<Int>, _ value: Range<Int>) {
    let words = HostWords(text.string(name))
    if words.meanHost {
      // SQL Server writes `tcp:` before the host.
      let prefix = text.begins(value, with: "tcp:") ? 4 : 0
      add(hostAndPort: value.lowerBound + prefix..<value.upperBound, form: .labelled)
    } else if words.stemOfPort != nil {
      addPort(value)
    }
  }

  /// The port of the labelled host before it, else of the next one.
  private mutating func addPort(_ value: Range<Int>) {
    guard isPort(value), let port = number(value) else { return }
    if let index = hostWithoutPort { found[index].port = port } else { portWithoutHost = port }
    hostWithoutPort = nil
  }

  // MARK: Tokens

  private mutating func add(
    hostAndPort part: Range<Int>, form: HostToken.Form, scheme: String? = nil, path: String? = nil
  ) {
    let end = text.first(in: part) { !$0.isHost }
    var port: Int?
    if end < part.upperBound {
      guard text[end] == colon || (form == .labelled && text[end] == slash) else { return }
      if text[end] == colon { port = number(digits(from: end + 1, to: part.upperBound)) }
      // `jdbc:mysql://…` behind a label is a URL, and its scheme no host.
      if port == nil, text[end] == colon, form == .labelled { return }
    }
    add(host: part.lowerBound..<end, port: port, form: form, scheme: scheme, path: path)
  }

  private mutating func add(
    host: Range<Int>, port: Int?, form: HostToken.Form, scheme: String? = nil, path: String? = nil
  ) {
    // A host name may end in a dot, which says that it is complete.
    let name = !host.isEmpty && text[host.upperBound - 1] == dot ? host.dropLast() : host
    guard !name.isEmpty, text[name.lowerBound] != dot, text[name.lowerBound] != UInt8(ascii: "-"),
      !text.allSatisfy(name, \.isDigit)
    else { return }
    var token = HostToken(host: text.lowercased(name), port: port, form: form, scheme: scheme, path: path)
    if form == .labelled, port == nil {
      if portWithoutHost == nil { hostWithoutPort = found.count }
      token.port = portWithoutHost
      portWithoutHost = nil
    }
    found.append(token)
  }

  // MARK: Numbers

  private func digits(from start: Int, to end: Int) -> Range<Int> {
    start..<text.first(in: start..<end) { !$0.isDigit }
  }

  private func isPort(_ range: Range<Int>) -> Bool {
    (1...5).contains(range.count) && text.allSatisfy(range, \.isDigit)
  }

  private func number(_ range: Range<Int>) -> Int? { range.isEmpty ? nil : Int(text.string(range)) }
}

/// https://nginx.org/en/docs/http/ngx_http_proxy_module.html and its like
private let nginxStatements: Set<String> = [
  "proxy_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass", "grpc_pass", "memcached_pass",
]

private let colon = UInt8(ascii: ":")
private let slash = UInt8(ascii: "/")
private let comma = UInt8(ascii: ",")
private let equals = UInt8(ascii: "=")
private let question = UInt8(ascii: "?")
private let hash = UInt8(ascii: "#")
private let dot = UInt8(ascii: ".")
