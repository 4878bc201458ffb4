import Services

/// An endpoint that the old side publishes and the new side does not.
struct FormerEndpoint {
  let server: Service
  let endpoint: Endpoint
  /// What the same server publishes in its place, on the same port of its task.
  let successor: Endpoint?
  /// The clients of the old side that are still there, with what in them names the endpoint still.
  let clients: [(service: Service, evidence: [Evidence])]

  /// The former endpoints of a change, in the order of the old side's services.
  static func all(in change: Change) -> [FormerEndpoint] {
    guard let old = change.old else { return [] }
    let published = Set(change.new.services.flatMap { $0.connect?.endpoints ?? [] }.map(\.display))
    let lookup = FormerLookup(change.new)
    return old.services.flatMap { server -> [FormerEndpoint] in
      if keepsItsNamespace(server, in: change) { return [] }
      return (server.connect?.endpoints ?? []).filter { !published.contains($0.display) }.map { endpoint in
        let clients = old.connections.filter { $0.endpoint == endpoint && $0.needsOrder }
          .compactMap { change.new[old[$0.client].name] }
        return FormerEndpoint(
          server: server, endpoint: endpoint, successor: successor(of: endpoint, server, in: change),
          clients: clients.map { ($0, lookup.evidence(of: $0, for: endpoint)) })
      }
    }
  }

  /// Whether only the default of the cluster changed, which leaves services where they are.
  private static func keepsItsNamespace(_ server: Service, in change: Change) -> Bool {
    guard let before = server.connect, let now = change.new[server.name]?.connect else { return false }
    return before.isInherited && now.isInherited && before.namespaceName != now.namespaceName
      && before.endpoints.map(\.portName) == now.endpoints.map(\.portName)
  }

  private static func successor(of endpoint: Endpoint, _ server: Service, in change: Change) -> Endpoint? {
    let now = change.new[server.name]?.connect?.endpoints ?? []
    return now.first { $0.portName == endpoint.portName } ?? (now.count == 1 ? now[0] : nil)
  }
}
