import Deployment
import Diagnostics
import Templates

/// Finds who connects to whom: texts of a client's task that name an endpoint of its namespace.
///
/// Service Connect has no list of callers: every member of a namespace sees every endpoint. So a connection needs a
/// whole host that equals the endpoint's, and a host that is one plain word needs more: a scheme, a port, or a variable
/// whose name means a host. A word such as `mysql` is as often a database, a driver or an image.
struct ConnectionInference {
  let evaluator: Evaluator
  /// The endpoints of each namespace by host.
  private let endpoints: [Namespace: [String: [Endpoint]]]

  init(_ evaluator: Evaluator, _ services: [Service]) {
    self.evaluator = evaluator
    var endpoints: [Namespace: [String: [Endpoint]]] = [:]
    for service in services {
      guard let connect = service.connect, connect.namespace != .unknown else { continue }
      for endpoint in connect.endpoints {
        endpoints[connect.namespace, default: [:]][endpoint.host, default: []].append(endpoint)
      }
    }
    self.endpoints = endpoints
  }

  /// The endpoints that a client looks up, with the evidence for each, in the order of the first evidence.
  func found(by client: Service) -> [(endpoint: Endpoint, evidence: [Evidence])] {
    guard let task = client.taskDefinition, let namespace = client.connect?.namespace,
      let known = endpoints[namespace]
    else { return [] }
    var order: [Endpoint] = []
    var evidence: [Endpoint: [Evidence]] = [:]
    for container in task.containers {
      // The containers of a task reach each other by their own means.
      let local = container.localNames.union(task.containers.compactMap { $0.name?.lowercased() })
      for clue in Clue.all(in: container, task.id.stack, evaluator) {
        for (endpoint, strength) in matches(clue, known, local, task.id.stack) where endpoint.server != client.id {
          if evidence[endpoint] == nil { order.append(endpoint) }
          let location = evaluator.group.template(of: task.id).location(of: clue.node)
          evidence[endpoint, default: []].append(
            Evidence(kind: clue.kind, name: clue.name, location: location, strength: strength))
        }
      }
    }
    return order.map { ($0, evidence[$0] ?? []) }
  }

  /// The endpoints that one clue names, each with the best strength.
  private func matches(
    _ clue: Clue, _ known: [String: [Endpoint]], _ local: Set<String>, _ stack: Int
  ) -> [(Endpoint, Connection.Strength)] {
    var best: [Endpoint: Connection.Strength] = [:]
    var order: [Endpoint] = []
    for text in evaluator.texts(of: clue.node, in: stack) {
      for token in HostToken.all(in: text) where !local.contains(token.host) {
        for endpoint in known[token.host] ?? [] {
          guard let strength = ConnectionInference.strength(of: token, clue, for: endpoint) else { continue }
          if best[endpoint] == nil { order.append(endpoint) }
          best[endpoint] = max(best[endpoint] ?? strength, strength)
        }
      }
    }
    return order.map { ($0, best[$0] ?? .weak) }
  }

  /// How much a token says for an endpoint of the same host; `nil` is nothing.
  private static func strength(
    of token: HostToken, _ clue: Clue, for endpoint: Endpoint
  ) -> Connection.Strength? {
    let isLabelled = token.form == .labelled || clue.isLabelledAsHost
    if let port = token.port ?? (token.form == .bare ? clue.port : nil), let expected = endpoint.port {
      if port == expected { return .certain }
      // Another port: a mistake where a host is surely meant, else a version or an image tag.
      return token.form == .url || isLabelled ? .weak : nil
    }
    switch token.form {
    case .url, .labelled: return .strong
    case .hostAndPort: return isLabelled ? .strong : nil
    case .bare: return isLabelled || token.host.contains(".") ? .strong : nil
    }
  }
}
