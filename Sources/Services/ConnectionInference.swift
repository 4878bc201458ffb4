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
        for match in matches(clue, known, local, task.id.stack) where match.endpoint.server != client.id {
          if evidence[match.endpoint] == nil { order.append(match.endpoint) }
          let location = evaluator.group.template(of: task.id).location(of: clue.node.value)
          evidence[match.endpoint, default: []].append(
            Evidence(
              kind: clue.kind, name: clue.name, location: location, strength: match.strength,
              premises: container.premises + clue.node.premises + match.premises))
        }
      }
    }
    return order.map { ($0, evidence[$0] ?? []) }
  }

  private struct Match {
    let endpoint: Endpoint
    var strength: Connection.Strength
    let premises: [Premise]
  }

  /// The endpoints that one clue names: for each of the texts it may be, each endpoint with the best strength.
  private func matches(
    _ clue: Clue, _ known: [String: [Endpoint]], _ local: Set<String>, _ stack: Int
  ) -> [Match] {
    evaluator.values(of: clue.node.value, in: stack).flatMap { text in
      var matches: [Match] = []
      for token in HostToken.all(in: text.value) where !local.contains(token.host) {
        for endpoint in known[token.host] ?? [] {
          guard let strength = ConnectionInference.strength(of: token, clue, for: endpoint) else { continue }
          if let index = matches.firstIndex(where: { $0.endpoint == endpoint }) {
            matches[index].strength = max(matches[index].strength, strength)
          } else {
            matches.append(Match(endpoint: endpoint, strength: strength, premises: text.premises))
          }
        }
      }
      return matches
    }
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
