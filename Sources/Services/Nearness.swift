import Deployment

/// Which server a name means when groups are joined: the one in the client's own group, and one of another group only
/// where exactly one server matches. So `dev.yaml` and `prod.yaml` with one literal namespace stay apart.
struct Nearness {
  private let group: TemplateGroup

  init(_ group: TemplateGroup) { self.group = group }

  func nearest(_ connections: [Connection]) -> [Connection] {
    guard Set(group.origins).count > 1 else { return connections }
    let choices = Dictionary(grouping: connections, by: Lookup.init)
    return connections.filter { connection in
      let all = choices[Lookup(connection)] ?? []
      if isNear(connection) { return true }
      return !all.contains(where: isNear) && Set(all.map(\.server)).count == 1
    }
  }

  private func isNear(_ connection: Connection) -> Bool {
    group.origins[connection.client.stack] == group.origins[connection.server.stack]
  }

  /// A client and a host that it looks up.
  private struct Lookup: Hashable {
    let client: ResourceID
    let host: String

    init(_ connection: Connection) {
      client = connection.client
      host = connection.endpoint.host
    }
  }
}
