import Deployment

/// What a client looks up, and what shows it.
struct Lookup {
  let endpoint: Endpoint
  let mechanism: Connection.Mechanism
  var evidence: [Evidence]

  /// One text that names an endpoint.
  struct Match {
    let endpoint: Endpoint
    let mechanism: Connection.Mechanism
    var strength: Connection.Strength
    let premises: [Premise]

    /// What makes two matches the same. Names of other mechanisms stand for a service on whatever port.
    var key: Key {
      Key(
        server: endpoint.server, mechanism: mechanism, host: endpoint.host,
        port: mechanism == .serviceConnect ? endpoint.port : nil)
    }

    func adding(_ others: [Premise]) -> Match {
      Match(endpoint: endpoint, mechanism: mechanism, strength: strength, premises: others + premises)
    }

    /// The same as a mere hint.
    var weakened: Match { Match(endpoint: endpoint, mechanism: mechanism, strength: .weak, premises: premises) }
  }

  struct Key: Hashable {
    let server: ResourceID
    let mechanism: Connection.Mechanism
    let host: String
    let port: Int?
  }
}

/// The lookups of one client in the order of their first evidence.
struct LookupList {
  private let group: TemplateGroup
  private(set) var all: [Lookup] = []
  private var indices: [Lookup.Key: Int] = [:]

  init(_ group: TemplateGroup) { self.group = group }

  mutating func add(_ match: Lookup.Match, _ clue: Clue) {
    add(
      match,
      Evidence(
        kind: clue.kind, name: clue.name, spot: clue.spot(in: group), strength: match.strength,
        premises: clue.premises + match.premises))
  }

  /// Adds evidence to what is known of a server; `false` when that is nothing.
  mutating func add(_ evidence: Evidence, for server: ResourceID) -> Bool {
    guard let index = all.firstIndex(where: { $0.endpoint.server == server }) else { return false }
    all[index].evidence.append(evidence)
    return true
  }

  mutating func add(_ match: Lookup.Match, _ evidence: Evidence) {
    if let index = indices[match.key] {
      all[index].evidence.append(evidence)
    } else {
      indices[match.key] = all.count
      all.append(Lookup(endpoint: match.endpoint, mechanism: match.mechanism, evidence: [evidence]))
    }
  }
}
