/// The ports that stand apart from their hosts in one environment or mapping: `DB_PORT` beside `DB_HOST`.
struct PortTable {
  /// By what the name says before `PORT`.
  private var ports: [String: Int] = [:]

  init(_ texts: some Sequence<(name: HostWords, text: String)>) {
    for (name, text) in texts {
      if let stem = name.stemOfPort, let port = Int(text) { ports[stem] = port }
    }
  }

  /// The port of `DB_PORT` for `DB_HOST`, `DB_HOSTNAME`, `DB_SERVER` and `DB`; of `DB_HOST_PORT` for `DB_HOST`.
  ///
  /// - Parameter pairsAlone: whether `PORT` belongs to `HOST`. Among the variables of a container it is the port that the
  ///   container itself listens on.
  func port(for name: HostWords, pairsAlone: Bool) -> Int? {
    let words = name.words
    guard !ports.isEmpty, !words.isEmpty else { return nil }
    if let port = ports[words.joined(separator: "_")] { return port }
    return words.count > 1 || pairsAlone ? ports[words.dropLast().joined(separator: "_")] : nil
  }
}
