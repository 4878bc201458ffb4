import Deployment

/// Tells what is wrong with a host that a client names and does not find.
///
/// A word such as `mysql` is as often no host at all, so that the same evidence is asked for as for a connection: a whole
/// host that equals a name of an endpoint. What may come from another place, from a template that was not read or from
/// DNS, is not said to fail.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html
struct FailureTable {
  private let evaluator: Evaluator
  private let endpoints: EndpointTable
  private let names: NameTable
  private let services: [ResourceID: Service]
  private let settled: NamespaceTable
  private let closed: ClosedNamespaces
  /// The endpoints of all namespaces by host.
  private var byHost: [String: [Endpoint]] = [:]
  private var byDiscoveryName: [Namespace: [String: [Endpoint]]] = [:]
  private var discoveryNames: Set<String> = []

  init(_ evaluator: Evaluator, _ services: [Service], _ endpoints: EndpointTable, _ names: NameTable) {
    self.evaluator = evaluator
    self.endpoints = endpoints
    self.names = names
    self.services = Dictionary(uniqueKeysWithValues: services.map { ($0.id, $0) })
    settled = NamespaceTable(evaluator.withoutDefaults)
    for service in services {
      guard let connect = service.connect else { continue }
      for endpoint in connect.endpoints {
        byHost[endpoint.host, default: []].append(endpoint)
        guard connect.namespace != .unknown, let name = endpoint.registeredName else { continue }
        byDiscoveryName[connect.namespace, default: [:]][name, default: []].append(endpoint)
        discoveryNames.insert(name)
      }
    }
    closed = byHost.isEmpty ? ClosedNamespaces() : ClosedNamespaces(evaluator, services, settled)
  }

  /// - Parameter mention: a host that leads to nothing, or to an endpoint only by its name and not by its port.
  func failure(
    of mention: Clue.Mention, in clue: Clue, for client: Service, searching domains: Set<String>
  ) -> FailedLookup.Match? {
    guard !byHost.isEmpty, clue.kind != .label, clue.kind != .logOption,
      !mention.isForOthers, isKnown(mention.token.host), !isPartlyHidden(client.id)
    else { return nil }
    let host = mention.token.host
    let published = endpoints.published(host, to: client)
    guard published.isEmpty else { return otherPort(mention, clue, published, client) }
    guard !names.mayHave(host, searching: domains) else { return nil }
    guard let connect = client.connect else { return notConnected(mention, client) }
    return discoveryName(mention, client, connect, domains) ?? otherNamespace(mention, client, connect)
      ?? unpublished(mention, client, connect)
  }

  /// Whether a host is a name of any endpoint, or may stand below the domain of a namespace; no other one is judged.
  private func isKnown(_ host: String) -> Bool {
    byHost[host] != nil || discoveryNames.contains(host)
      || (!closed.domains.isEmpty && host.utf8.contains(UInt8(ascii: ".")))
  }

  // MARK: Causes

  private func otherPort(
    _ mention: Clue.Mention, _ clue: Clue, _ published: [Endpoint], _ client: Service
  ) -> FailedLookup.Match? {
    // The next word of a command may be a number of another kind.
    guard mention.token.port != nil || !clue.kind.isCommand, mention.isSurelyHost, let port = mention.knownPort,
      published.allSatisfy({ $0.port != nil && $0.port != port && $0.server != client.id }),
      let endpoint = published.first, Set(published.map(\.server)).count == 1,
      !names.mayHave(mention.token.host), !names.cloudMap.shortNames.contains(mention.token.host)
    else { return nil }
    return match(.otherPort, endpoint, mention, .strong)
  }

  private func notConnected(_ mention: Clue.Mention, _ client: Service) -> FailedLookup.Match? {
    guard !mayBeConnected(client), let endpoint = nearest(byHost[mention.token.host], to: client),
      !mayBePublic(endpoint)
    else { return nil }
    return match(.notConnected, endpoint, mention, mention.strength(for: endpoint.port.map { [$0] } ?? []))
  }

  private func discoveryName(
    _ mention: Clue.Mention, _ client: Service, _ connect: ServiceConnect, _ domains: Set<String>
  ) -> FailedLookup.Match? {
    let host = mention.token.host
    let named = byDiscoveryName[connect.namespace]?[host] ?? []
    guard !hidesServices, named.count == 1, let endpoint = named.first, endpoint.server != client.id,
      endpoint.hasAlias || domains.isEmpty, !names.cloudMap.shortNames.contains(host)
    else { return nil }
    let strength = mention.strength(for: endpoint.port.map { [$0] } ?? [])
    // Besides an alias of its own the discovery name may be any word, `http` for one.
    guard !endpoint.hasAlias || strength == .certain || mention.token.form == .url else { return nil }
    return match(.discoveryName, endpoint, mention, strength)
  }

  private func otherNamespace(
    _ mention: Clue.Mention, _ client: Service, _ connect: ServiceConnect
  ) -> FailedLookup.Match? {
    guard !hidesServices, let endpoint = nearest(byHost[mention.token.host], to: client),
      !mayBePublic(endpoint), let other = services[endpoint.server]?.connect,
      settled.areApart(connect.settled, other.settled)
    else { return nil }
    return match(.otherNamespace, endpoint, mention, mention.strength(for: endpoint.port.map { [$0] } ?? []))
  }

  private func unpublished(
    _ mention: Clue.Mention, _ client: Service, _ connect: ServiceConnect
  ) -> FailedLookup.Match? {
    guard case .resource(let namespace) = connect.namespace, let domain = closed.domains[namespace],
      mention.token.host.hasSuffix(".\(domain)")
    else { return nil }
    let name = String(mention.token.host.dropLast(domain.count + 1))
    // A discovery name has no dot; a name with one may be that of a host elsewhere.
    guard !name.isEmpty, !name.contains("."), !HoleTable.hasHole(name) else { return nil }
    let meant = byDiscoveryName[connect.namespace]?[name] ?? endpoints.published(name, to: client)
    guard !meant.contains(where: { $0.server == client.id }) else { return nil }
    return match(.unpublished, meant.count == 1 ? meant[0] : nil, mention, mention.strength(for: []))
  }

  private func match(
    _ cause: FailedLookup.Cause, _ endpoint: Endpoint?, _ mention: Clue.Mention, _ strength: Connection.Strength?
  ) -> FailedLookup.Match? {
    guard let strength, strength > .weak, endpoint.map({ !isPartlyHidden($0.server) }) ?? true else { return nil }
    return FailedLookup.Match(
      cause: cause, endpoint: endpoint, host: mention.token.host, port: mention.knownPort, strength: strength)
  }

  // MARK: What may be otherwise

  /// The endpoint in the client's own stack, else the only one of those that are deployed together with it.
  private func nearest(_ candidates: [Endpoint]?, to client: Service) -> Endpoint? {
    let origins = evaluator.group.origins
    let known = (candidates ?? []).filter { origins[$0.server.stack] == origins[client.id.stack] }
    let own = known.filter { $0.server.stack == client.id.stack }
    let found = own.isEmpty ? known : own
    return Set(found.map(\.server)).count == 1 ? found[0] : nil
  }

  /// Whether DNS outside of the templates may have the name of an endpoint too: a public name that the alias takes over for
  /// the clients of the namespace, or one that the server registers in Cloud Map.
  private func mayBePublic(_ endpoint: Endpoint) -> Bool {
    if names.cloudMap.openMembers.contains(endpoint.server) { return true }
    guard let dot = endpoint.host.lastIndex(of: ".") else { return false }
    return endpoint.hasAlias && !CloudMap.privateDomains.contains(endpoint.host[endpoint.host.index(after: dot)...])
  }

  /// Whether a macro or the like may change what the template says of a service.
  private func isPartlyHidden(_ id: ResourceID) -> Bool {
    evaluator.group.template(of: id).mayHaveMore(in: id.index)
  }

  /// Whether a part of a template may hold services that it does not show.
  private var hidesServices: Bool { closed.isHidden }

  /// Whether a parameter may switch Service Connect on.
  private func mayBeConnected(_ client: Service) -> Bool {
    let open = evaluator.withoutDefaults
    let stack = client.id.stack
    guard let node = evaluator.group[client.id].properties?["ServiceConnectConfiguration"] else { return false }
    return open.branches(of: node, in: stack).contains { branch in
      branch.value["Enabled"].map { open.values(of: $0, in: stack).contains { $0.value.lowercased() != "false" } }
        ?? true
    }
  }
}
