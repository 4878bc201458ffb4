import Deployment
import Diagnostics
import Templates

/// Finds who connects to whom: texts of a client's task that name an endpoint of its namespace, or another name of a
/// service.
///
/// Service Connect has no list of callers: every member of a namespace sees every endpoint. So a connection needs a
/// whole host that equals the endpoint's, and a host that is one plain word needs more: a scheme, a port, or a variable
/// whose name means a host. A word such as `mysql` is as often a database, a driver or an image.
struct ConnectionInference {
  let evaluator: Evaluator
  let endpoints: EndpointTable
  let names: NameTable
  /// The clues of each task, read once for all services that run it.
  private let clues: [ResourceID: [Clue]]
  /// The tasks that are data stores; nobody asks for shared environments where there is none.
  private let stores: Set<ResourceID>
  private let environments: SharedEnvironments
  private let configurations: HostedConfigurations
  private let loneReaders: [ResourceID: [Clue]]
  private let topology: [ResourceID: [(endpoint: Endpoint, spot: Spot)]]

  /// - Parameter standalone: task definitions of tasks that no service runs.
  init(
    _ evaluator: Evaluator, _ services: [Service], _ assets: AssetTexts, standalone: [TaskDefinition] = []
  ) {
    let reader = ClueReader(evaluator: evaluator, stored: StoredTexts(evaluator), assets: assets)
    let run = services.compactMap(\.taskDefinition) + standalone
    let tasks = Dictionary(run.map { ($0.id, $0) }) { first, _ in first }
    let clues = tasks.mapValues { task in task.containers.flatMap { reader.clues(in: $0, of: task) } }
    let endpoints = EndpointTable(services)
    self.evaluator = evaluator
    self.endpoints = endpoints
    self.clues = clues
    names = NameTable(evaluator, services)
    stores = Set(tasks.values.filter(\.isDataStore).map(\.id))
    environments = SharedEnvironments(stores.isEmpty ? [:] : clues)
    let configurations = HostedConfigurations(reader)
    self.configurations = configurations
    loneReaders = LoneReaders(configurations, services, clues, endpoints).clues
    let topology = Topology(evaluator, services)
    var allowed: [ResourceID: [(endpoint: Endpoint, spot: Spot)]] = [:]
    for endpoint in services.flatMap({ $0.connect?.endpoints ?? [] }) {
      for (client, spot) in topology.clients(of: endpoint) {
        allowed[client, default: []].append((endpoint, spot))
      }
    }
    self.topology = allowed
  }

  /// What a client looks up, with the evidence for each, in the order of the first evidence; and what it looks up in vain,
  /// where somebody tells.
  func found(by client: Service, failures: FailureTable? = nil) -> (lookups: [Lookup], failures: FailureList) {
    var lookups = LookupList(evaluator.group)
    var failed = FailureList()
    if let task = client.taskDefinition {
      let clues = clues[task.id] ?? []
      let view = View(
        client: client, published: endpoints.published(to: client), domains: searchDomains(of: task, clues))
      let own = ownClues(of: task, clues, view)
      let configured = configurations.named(by: clues).map(\.clue)
      for clue in configured.isEmpty ? clues : clues + configured {
        if own.contains(where: { environments.shares(clue, $0, besides: task.id) }) { continue }
        let matches = matches(clue, view, failures) { failed.add($0, clue, evaluator.group) }
        for match in matches { lookups.add(match, clue) }
      }
      for clue in loneReaders[client.id] ?? [] {
        for match in matches(clue, view, nil) { lookups.add(match.weakened, clue) }
      }
    }
    for call in names.mesh.calls[client.id] ?? [] { addCall(call, client, &lookups) }
    for (endpoint, spot) in topology[client.id] ?? [] where endpoints.sees(client, endpoint) {
      lookups.add(
        Lookup.Match(endpoint: endpoint, mechanism: .serviceConnect, strength: .weak, premises: []),
        Evidence(kind: .securityGroup, name: nil, spot: spot, strength: .weak, premises: []))
    }
    return (lookups.all, failed)
  }

  /// Whether a search domain could lead from a short name to a name of DNS.
  func mayBeInDNS(_ host: String) -> Bool { names.cloudMap.shortNames.contains(host) }

  // MARK: Texts

  /// What a client sees of the names in the group.
  private struct View {
    let client: Service
    /// The endpoints of its namespace by host.
    let published: [String: [Endpoint]]
    let domains: Set<String>
  }

  /// What one clue names: for each of the texts it may be, each endpoint with the best strength.
  ///
  /// - Parameter fails: gets each host that leads to nothing.
  private func matches(
    _ clue: Clue, _ view: View, _ failures: FailureTable?, fails: (FailedLookup.Match) -> Void = { _ in }
  ) -> [Lookup.Match] {
    clue.texts.flatMap { text in
      var matches: [Lookup.Match] = []
      var failed: [FailedLookup.Match] = []
      for mention in clue.mentions(in: text.value) where !clue.localNames.contains(mention.token.host) {
        let found = self.matches(mention, view)
        if found.allSatisfy({ $0.strength == .weak }),
          var failure = failures?.failure(of: mention, in: clue, for: view.client, searching: view.domains)
        {
          failure.premises = text.premises
          failed.append(failure)
        }
        for match in found {
          if let index = matches.firstIndex(where: { $0.key == match.key }) {
            matches[index].strength = max(matches[index].strength, match.strength)
          } else {
            matches.append(match.adding(text.premises))
          }
        }
      }
      // One word may be read in several ways, of which one that leads somewhere is meant.
      for failure in failed where !matches.contains(where: { $0.endpoint.host == failure.host && $0.strength > .weak })
      {
        fails(failure)
      }
      return matches
    }
  }

  /// Endpoints of Service Connect first: a task in Service Connect finds a name in its hosts file before it asks DNS.
  private func matches(_ mention: Clue.Mention, _ view: View) -> [Lookup.Match] {
    if let published = view.published[mention.token.host] {
      guard !published.contains(where: { $0.server == view.client.id }) else { return [] }
      return published.compactMap { endpoint in
        mention.strength(for: endpoint.port.map { [$0] } ?? []).map {
          Lookup.Match(endpoint: endpoint, mechanism: .serviceConnect, strength: $0, premises: [])
        }
      }
    }
    guard !names.isEmpty else { return [] }
    let port = mention.knownPort ?? mention.token.effectivePort
    let targets = names.targets(of: mention.token, port: port, client: view.client.id, searching: view.domains)
    return targets.compactMap { target in
      guard let strength = mention.strength(for: target, evaluator) else { return nil }
      let endpoint = Endpoint(of: target.server, host: mention.token.host, port: port ?? target.ports.first, evaluator)
      return Lookup.Match(endpoint: endpoint, mechanism: target.mechanism, strength: strength, premises: [])
    }
  }

  /// The domains in which a task tries short names: those set for its containers, and namespaces that it is given as a
  /// search domain, as tools do for Cloud Map.
  private func searchDomains(of task: TaskDefinition, _ clues: [Clue]) -> Set<String> {
    guard !names.cloudMap.domains.isEmpty else { return [] }
    let set = task.containers.flatMap(\.searchDomains).flatMap { evaluator.texts(of: $0.value, in: task.id.stack) }
    let given = clues.filter { clue in
      clue.kind.isCommand || clue.label?.words.contains { $0 == "SEARCH" || $0 == "DOMAIN" } ?? false
    }
    let texts = set + given.flatMap { $0.texts.map(\.value) }
    return Set(texts.map { $0.lowercased() }).intersection(names.cloudMap.domains)
  }

  /// Variables of a data store that name the store itself.
  private func ownClues(of task: TaskDefinition, _ clues: [Clue], _ view: View) -> [Clue] {
    guard stores.contains(task.id) else { return [] }
    return clues.filter { clue in
      clue.kind == .environment
        && clue.texts.contains { text in
          clue.mentions(in: text.value).contains { mention in
            let host = mention.token.host
            return mention.isSurelyHost
              && (view.published[host]?.contains { $0.server == view.client.id } ?? false
                || names.targets(of: mention.token, port: nil, client: nil, searching: view.domains)
                  .contains { $0.server == view.client.id })
          }
        }
    }
  }

  private func addCall(_ call: Mesh.Call, _ client: Service, _ lookups: inout LookupList) {
    let spot = evaluator.group.stacks[call.stack].template.spot(of: call.node)
    let token = HostToken(host: call.host, port: nil, form: .labelled)
    for target in names.targets(of: token, port: nil, client: client.id) {
      let evidence = Evidence(kind: .configuration, name: nil, spot: spot, strength: .strong, premises: [])
      // What the mesh lets a service call mostly stands in its texts too, with the port.
      if lookups.add(evidence, for: target.server) { continue }
      let endpoint = Endpoint(of: target.server, host: call.host, port: nil, evaluator)
      lookups.add(
        Lookup.Match(endpoint: endpoint, mechanism: .other, strength: .strong, premises: []), evidence)
    }
  }
}

extension Clue.Mention {
  /// How much the mention says for a service behind a name that is not of Service Connect.
  fileprivate func strength(for target: NameTable.Target, _ evaluator: Evaluator) -> Connection.Strength? {
    // The name of a load balancer is nothing else.
    let isBalancer = evaluator.holes.soleHole(in: token.host) != nil
    // Records and load balancers have names for everybody, Cloud Map for tasks alone.
    let isForTasks = target.mechanism == .cloudMap
    if isForOthers, !isForTasks || token.form == .bare { return nil }
    if !isForTasks, token.form == .bare, !isLabelled, !isBalancer { return nil }
    return strength(for: target.ports) ?? (isBalancer ? .strong : nil)
  }
}
