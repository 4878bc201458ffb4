/// The words of the name of a variable, flag or key, and what they tell of its value.
struct HostWords {
  let name: String
  /// In upper case, without digits at the end: `dbHost2` is DB, HOST and so is `DBHOST`.
  private(set) var words: [String] = []
  private var meanings: Meaning = []
  private var last: Meaning = []

  /// Byte by byte, since every name of every task comes by here.
  init(_ name: String) {
    self.name = name
    var name = name
    name.withUTF8 { bytes in
      var start = 0
      var wasLower = false
      for (index, byte) in bytes.enumerated() {
        let isUpper = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
        let isLower = UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
        let isPart = isLower || isUpper || byte.isDigit || byte >= 0x80
        if !isPart || (isUpper && wasLower) {
          end(bytes[start..<index])
          start = isPart ? index : index + 1
        }
        wasLower = isLower
      }
      end(bytes[start...])
    }
  }

  private mutating func end(_ word: Slice<UnsafeBufferPointer<UInt8>>) {
    var word = word
    while let last = word.last, last.isDigit { word.removeLast() }
    guard !word.isEmpty else { return }
    let stem = String(unsafeUninitializedCapacity: word.count) { upper in
      for (index, byte) in word.enumerated() {
        upper[index] = UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte ? byte & 0xDF : byte
      }
      return word.count
    }
    guard let known = HostWords.known[stem] else {
      words.append(stem)
      last = []
      return
    }
    words += known.parts
    last = known.last
    meanings.formUnion(known.all)
  }

  /// Whether the value is a host: `WORDPRESS_DB_HOST`, `--upstream`, `brokers`.
  var meanHost: Bool { meanings.contains(.host) && !last.contains(.other) }

  /// Whether the value is an address that browsers and callers outside are told: for links, cookies and CORS.
  var meanAddressForOthers: Bool { meanings.contains(.addressForOthers) }

  /// Whether the value looks like `host:port` and is something else: an image with its tag.
  var meanImage: Bool { last.contains(.image) }

  /// Whether the value is a port, and what the name says before that: `DB` of `DB_PORT`.
  var stemOfPort: String? {
    // Envoy calls it `port_value`.
    let words = words.last == "VALUE" && words.dropLast().last == "PORT" ? words.dropLast() : words[...]
    return words.last == "PORT" ? words.dropLast().joined(separator: "_") : nil
  }
}

// MARK: What is known of words

extension HostWords {
  private struct Meaning: OptionSet {
    let rawValue: UInt8
    static let host = Meaning(rawValue: 1)
    static let other = Meaning(rawValue: 2)
    static let addressForOthers = Meaning(rawValue: 4)
    static let image = Meaning(rawValue: 8)
  }

  private struct Known {
    /// A word that is several, written without a sign between them.
    let parts: [String]
    /// What the last part and what all parts mean.
    let last: Meaning
    let all: Meaning
  }

  /// One table, so that each word is looked up once.
  private static let known: [String: Known] = {
    var meanings: [String: Meaning] = [:]
    let lists: [(Set<String>, Meaning)] = [
      (hosts, .host), (others, .other), (forOthers, .addressForOthers), (images, .image),
    ]
    for (words, meaning) in lists { for word in words { meanings[word, default: []].insert(meaning) } }
    var known = meanings.reduce(into: [:]) { $0[$1.key] = Known(parts: [$1.key], last: $1.value, all: $1.value) }
    // As libpq spells names: `PGHOST`.
    for stem in ["PG", "DB", "MYSQL", "MONGO", "REDIS", "SQL", "API", "BASE", "REMOTE", "RABBITMQ", "KAFKA"] {
      for end in ["HOST", "HOSTNAME", "PORT", "URL", "URI", "SERVER", "ADDR"] {
        let last = meanings[end] ?? []
        known[stem + end] = Known(parts: [stem, end], last: last, all: last.union(meanings[stem] ?? []))
      }
    }
    return known
  }()

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
}
