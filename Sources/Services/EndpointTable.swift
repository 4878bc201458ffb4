import Deployment

/// The endpoints that services publish, by namespace and host.
struct EndpointTable {
  private var endpoints: [Namespace: [String: [Endpoint]]] = [:]
  private var namespaces: [ResourceID: Namespace] = [:]

  init(_ services: [Service]) {
    for service in services {
      guard let connect = service.connect, connect.namespace != .unknown else { continue }
      namespaces[service.id] = connect.namespace
      for endpoint in connect.endpoints {
        endpoints[connect.namespace, default: [:]][endpoint.host, default: []].append(endpoint)
      }
    }
  }

  /// The endpoints of a host in the client's namespace.
  func published(_ host: String, to client: Service) -> [Endpoint] { published(to: client)[host] ?? [] }

  /// The endpoints of the client's namespace by host.
  func published(to client: Service) -> [String: [Endpoint]] {
    client.connect.flatMap { endpoints[$0.namespace] } ?? [:]
  }

  /// The servers of a host in any namespace.
  func servers(of host: String) -> [ResourceID] { endpoints.values.flatMap { ($0[host] ?? []).map(\.server) } }

  /// Whether a client is in the namespace of an endpoint.
  func sees(_ client: Service, _ endpoint: Endpoint) -> Bool {
    client.connect.map { $0.namespace != .unknown && $0.namespace == namespaces[endpoint.server] } ?? false
  }
}

/// Configurations that no task names, in a stack with only one service that could read them: besides the servers that
/// the configuration names. A hint at most.
struct LoneReaders {
  private(set) var clues: [ResourceID: [Clue]] = [:]

  init(
    _ configurations: HostedConfigurations, _ services: [Service], _ clues: [ResourceID: [Clue]],
    _ endpoints: EndpointTable
  ) {
    guard !configurations.all.isEmpty else { return }
    let tasks = services.map { ($0, $0.taskDefinition.flatMap { clues[$0.id] } ?? []) }
    let named = Set(tasks.flatMap { configurations.named(by: $0.1).map(\.id) })
    let members = Dictionary(grouping: services, by: \.id.stack)
    for configuration in configurations.all where !named.contains(configuration.id) {
      let hosts = configuration.clue.texts.flatMap { configuration.clue.mentions(in: $0.value) }.map(\.token.host)
      let servers = Set(hosts.flatMap(endpoints.servers))
      let readers = (members[configuration.id.stack] ?? []).filter { !servers.contains($0.id) }
      if readers.count == 1 { self.clues[readers[0].id, default: []].append(configuration.clue) }
    }
  }
}
