import Deployment

/// Makes connections of what clients look up and of what is declared: with their strength, and with the order that a
/// deployment gives the two.
struct ConnectionBuilder {
  private let inference: ConnectionInference
  private let failures: FailureTable
  private let evaluator: Evaluator
  private let services: [ResourceID: Service]
  private let declared: [ResourceID: [Declarations.Declared]]
  private var waits: Waits

  init(
    _ order: DeploymentOrder, _ services: [Service], _ inference: ConnectionInference,
    _ declared: [Declarations.Declared], _ evaluator: Evaluator
  ) {
    self.inference = inference
    failures = FailureTable(evaluator, services, inference.endpoints, inference.names)
    self.evaluator = evaluator
    self.services = Dictionary(uniqueKeysWithValues: services.map { ($0.id, $0) })
    self.declared = Dictionary(grouping: declared, by: \.client)
    waits = Waits(order)
  }

  /// What a client looks up, and what it looks up in vain.
  struct Found {
    var connections: [Connection]
    var failures: [FailedLookup]
  }

  mutating func found(by client: Service) -> Found {
    let found = inference.found(by: client, failures: failures)
    return Found(
      connections: connections(of: client, found.lookups),
      failures: found.failures.all.compactMap { failure(client, $0.match, $0.evidence) })
  }

  private mutating func connections(of client: Service, _ found: [Lookup]) -> [Connection] {
    guard let own = declared[client.id] else { return found.compactMap { connection(client, $0, nil) } }
    let declared = Dictionary(grouping: own, by: \.server)
    var lookups = found
    for index in lookups.indices {
      lookups[index].evidence += declared[lookups[index].endpoint.server]?.map(\.evidence) ?? []
    }
    let known = Set(lookups.map(\.endpoint.server))
    for (server, declarations) in declared.sorted(by: { $0.key < $1.key }) where !known.contains(server) {
      lookups.append(lookup(of: server, by: client, declarations.map(\.evidence)))
    }
    return lookups.compactMap { lookup in
      connection(client, lookup, declared[lookup.endpoint.server]?.lazy.compactMap(\.ignored).first)
    }
  }

  /// What a client looks up that is only declared: an endpoint of Service Connect where both are in one namespace, else
  /// nobody knows.
  private func lookup(of server: ResourceID, by client: Service, _ evidence: [Evidence]) -> Lookup {
    if let connect = services[server]?.connect, let endpoint = connect.endpoints.first, let own = client.connect,
      // Where a template does not tell the namespace, whoever declares the connection knows that it is one.
      own.namespace == connect.namespace || own.namespace == .unknown || connect.namespace == .unknown
    {
      return Lookup(endpoint: endpoint, mechanism: .serviceConnect, evidence: evidence)
    }
    let name = services[server]?.logicalID ?? ""
    return Lookup(
      endpoint: Endpoint(of: server, host: name, port: nil, evaluator), mechanism: .other, evidence: evidence)
  }

  private mutating func connection(
    _ client: Service, _ lookup: Lookup, _ ignored: DeclaredConnection.Reason?
  ) -> Connection? {
    let evidence = lookup.evidence.map { waits.conditions.formula($0.premises) }
    let shown = waits.conditions.any(evidence)
    let endpoint = lookup.endpoint
    var connected = endpoint.premises
    if lookup.mechanism == .serviceConnect {
      connected += (client.connect?.premises ?? []) + (services[endpoint.server]?.connect?.premises ?? [])
    }
    let possible = waits.conditions.formula(connected)
    let premise = waits.conditions.all(shown, possible)
    guard let (relation, missing) = waits.relation(of: client.id, to: endpoint.server, when: premise) else {
      return nil
    }
    return Connection(
      client: client.id, server: endpoint.server, endpoint: endpoint, mechanism: lookup.mechanism,
      strength: lookup.evidence.map(\.strength).max() ?? .weak, evidence: lookup.evidence, relation: relation,
      circumstances: waits.conditions.circumstances(of: missing), ignored: ignored)
  }

  /// `nil` when no deployment has the client with that text, and the server with its endpoint.
  private mutating func failure(
    _ client: Service, _ match: FailedLookup.Match, _ evidence: [Evidence]
  ) -> FailedLookup? {
    let shown = evidence.map { waits.conditions.formula($0.premises) }
    var premises = client.connect?.premises ?? []
    var formula = waits.conditions.existence(of: client.id)
    if let endpoint = match.endpoint {
      premises += endpoint.premises + (services[endpoint.server]?.connect?.premises ?? [])
      formula = waits.conditions.all(formula, waits.conditions.existence(of: endpoint.server))
    }
    formula = waits.conditions.all(formula, waits.conditions.any(shown), waits.conditions.formula(premises))
    guard waits.conditions.isPossible(formula) else { return nil }
    return FailedLookup(
      client: client.id, cause: match.cause, endpoint: match.endpoint, host: evaluator.display(match.host),
      port: match.port, mayBeInDNS: inference.mayBeInDNS(match.host), evidence: evidence)
  }
}
