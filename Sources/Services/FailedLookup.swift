package import Deployment

/// A host that a task names and that Service Connect does not resolve for it, although the templates show what is meant.
package struct FailedLookup: Sendable {
  /// Why it fails.
  package enum Cause: Hashable, Sendable {
    /// The client is a service outside of Service Connect, or a task that no service runs.
    case notConnected
    /// Only another namespace has the endpoint.
    case otherNamespace
    /// The endpoint listens on another port.
    case otherPort
    /// The host is the discovery name of the endpoint, and clients resolve its alias.
    case discoveryName
    /// The host lies below the client's namespace, in which no service publishes it.
    case unpublished
  }

  /// The service, or the task definition of a task that no service runs.
  package let client: ResourceID
  package let cause: Cause
  /// What is meant. Of a host that nothing publishes: what is published by the server that the host begins with, if any.
  package let endpoint: Endpoint?
  /// The host, and the port where the client tells it, for people.
  package let host: String
  package let port: Int?
  /// Whether a search domain could still lead to a name of DNS that begins like the host.
  package let mayBeInDNS: Bool
  /// Never empty; in the order of the source.
  package let evidence: [Evidence]

  /// The host and port for people and reports.
  package var display: String { port.map { "\(host):\($0)" } ?? host }

  /// Why one text fails.
  struct Match {
    let cause: Cause
    let endpoint: Endpoint?
    /// In lower case, with holes.
    let host: String
    let port: Int?
    let strength: Connection.Strength
    var premises: [Premise] = []
  }

  struct Key: Hashable {
    let cause: Cause
    let server: ResourceID?
    let host: String
    let port: Int?
  }
}

/// The failed lookups of one client in the order of their first evidence.
struct FailureList {
  private(set) var all: [(match: FailedLookup.Match, evidence: [Evidence])] = []
  private var indices: [FailedLookup.Key: Int] = [:]

  mutating func add(_ match: FailedLookup.Match, _ clue: Clue, _ group: TemplateGroup) {
    let evidence = Evidence(
      kind: clue.kind, name: clue.name, spot: clue.spot(in: group), strength: match.strength,
      premises: clue.premises + match.premises)
    // A name that does not resolve at all is one fault, whatever port stands beside it.
    let port = match.cause == .otherPort ? match.port : nil
    let key = FailedLookup.Key(cause: match.cause, server: match.endpoint?.server, host: match.host, port: port)
    if let index = indices[key] {
      if !all[index].evidence.contains(where: { $0.location == evidence.location }) {
        all[index].evidence.append(evidence)
      }
    } else {
      indices[key] = all.count
      all.append((match, [evidence]))
    }
  }
}
