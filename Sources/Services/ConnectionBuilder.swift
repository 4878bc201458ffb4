import Deployment

/// Makes connections of what clients look up and of what is declared: with their strength, and with the order that a
/// deployment gives the two.
struct ConnectionBuilder {
  private let inference: ConnectionInference
  private let evaluator: Evaluator
  private let services: [ResourceID: Service]
  private let declared: [ResourceID: [Declarations.Declared]]
  private var waits: Waits

  init(
    _ order: DeploymentOrder, _ services: [Service], _ inference: ConnectionInference,
    _ declared: [Declarations.Declared], _ evaluator: Evaluator
  ) {
    self.inference = inference
    self.evaluator = evaluator
    self.services = Dictionary(uniqueKeysWithValues: services.map { ($0.id, $0) })
    self.declared = Dictionary(grouping: declared, by: \.client)
    waits = Waits(order)
  }

  mutating func connections(of client: Service) -> [Connection] {
    let declared = Dictionary(grouping: declared[client.id] ?? [], by: \.server)
    var lookups = inference.found(by: client)
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
}
