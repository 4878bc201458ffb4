/// Tells by the name of a variable, flag or key what its value is.
enum HostWords {
  /// Whether the value is a host: `WORDPRESS_DB_HOST`, `--upstream`, `brokers`.
  static func meanHost(_ name: String) -> Bool {
    let words = words(of: name)
    guard let last = words.last, !others.contains(last) else { return false }
    return words.contains { hosts.contains($0) }
  }

  /// Whether the value is an address that browsers and callers outside are told: for links, cookies and CORS.
  static func meanAddressForOthers(_ name: String) -> Bool { words(of: name).contains { forOthers.contains($0) } }

  /// Whether the value looks like `host:port` and is something else: an image with its tag.
  static func meanImage(_ name: String) -> Bool { words(of: name).last.map(images.contains) ?? false }

  /// Whether the value is a port, and what the name says before that: `DB` of `DB_PORT`.
  static func stemOfPort(_ name: String) -> String? {
    var words = words(of: name)
    // Envoy calls it `port_value`.
    if words.suffix(2) == ["PORT", "VALUE"] { words.removeLast() }
    return words.last == "PORT" ? words.dropLast().joined(separator: "_") : nil
  }

  /// The words of a name, in upper case, without digits at the end: `dbHost2` is DB, HOST and so is `DBHOST`.
  ///
  /// Byte by byte, since every name of every task comes by here several times.
  static func words(of name: String) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    var wasLower = false
    for byte in name.utf8 {
      let isLower = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      let isPart = isLower || isUpper || isDigit(byte) || byte >= 0x80
      if !isPart || (isUpper && wasLower) { end(&word, &words) }
      if isPart { word.append(isLower ? byte - 0x20 : byte) }
      wasLower = isLower
    }
    end(&word, &words)
    return words
  }

  private static func end(_ word: inout [UInt8], _ words: inout [String]) {
    while let last = word.last, isDigit(last) { word.removeLast() }
    guard !word.isEmpty else { return }
    let stem = String(decoding: word, as: UTF8.self)
    words += joined[stem] ?? [stem]
    word.removeAll(keepingCapacity: true)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  /// Words whose value is a host or a list of hosts. Not among them: words that as often name a driver or a product
  /// (`DB_CONNECTION=mysql`, `CACHE_BACKEND=redis`, `DATA_SOURCE`, `PROXY`, `SERVICE`).
  private static let hosts: Set<String> = [
    "HOST", "HOSTS", "HOSTNAME", "SERVER", "SERVERS", "ADDR", "ADDRS", "ADDRESS", "ADDRESSES", "ENDPOINT", "ENDPOINTS",
    "URL", "URLS", "URI", "URIS", "DSN", "BROKER", "BROKERS", "UPSTREAM", "UPSTREAMS", "NODES", "PEERS", "SEEDS",
    "ORIGIN", "FQDN",
  ]

  /// Last words of names whose value is something else, whatever comes before.
  private static let others: Set<String> = [
    "NAME", "USER", "USERNAME", "PASS", "PASSWORD", "PORT", "PATH", "DB", "DATABASE", "SCHEMA", "TABLE", "TYPE",
    "PROTOCOL", "SCHEME", "KEY", "TOKEN", "SECRET", "ID", "REGION", "TIMEOUT", "MODE", "ENABLED", "DRIVER", "DIALECT",
    "ENGINE", "PROFILE", "PROFILES", "PREFIX", "VERSION", "TAG", "IMAGE", "ROLE", "LEVEL", "BIND", "LISTEN",
  ]

  private static let forOthers: Set<String> = [
    "DOMAIN", "DOMAINS", "COOKIE", "CORS", "ORIGIN", "ORIGINS", "PUBLIC", "EXTERNAL", "FRONTEND", "REDIRECT", "SITE",
    "WEBSITE",
  ]

  private static let images: Set<String> = ["IMAGE", "IMAGES", "TAG", "VERSION"]

  /// Names that are written without a sign between their words, as libpq does (`PGHOST`).
  private static let joined: [String: [String]] = {
    var joined: [String: [String]] = [:]
    for stem in ["PG", "DB", "MYSQL", "MONGO", "REDIS", "SQL", "API", "BASE", "REMOTE", "RABBITMQ", "KAFKA"] {
      for end in ["HOST", "HOSTNAME", "PORT", "URL", "URI", "SERVER", "ADDR"] { joined[stem + end] = [stem, end] }
    }
    return joined
  }()
}
