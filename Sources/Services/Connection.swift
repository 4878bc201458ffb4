package import Deployment

/// A client that looks up an endpoint of a server.
package struct Connection: Sendable {
  package let client: ResourceID
  package let server: ResourceID
  package let endpoint: Endpoint
  package let mechanism: Mechanism
  package let strength: Strength
  /// Never empty; in the order of the source.
  package let evidence: [Evidence]
  package let relation: Waits.Relation
  /// In which deployments the order is missing, in words; empty when in all or in none.
  package let circumstances: String
  /// Why the order does not matter, as the user says; `nil` where it does.
  package let ignored: DeclaredConnection.Reason?

  /// Whether the client needs the server to be there first: names of Service Connect are frozen, other names come right by
  /// themselves, and a weak hint is no connection.
  package var needsOrder: Bool { mechanism == .serviceConnect && strength > .weak && ignored == nil }

  /// How the client finds the server.
  package enum Mechanism: String, Sendable {
    /// Names that are frozen when the client's deployment starts.
    case serviceConnect = "service-connect"
    /// The DNS name of a Cloud Map service.
    case cloudMap = "cloud-map"
    /// The name of a load balancer, or a record that stands for it.
    case loadBalancer = "load-balancer"
    /// A mesh, or nobody knows.
    case other
  }

  /// How sure it is that the client connects.
  package enum Strength: String, Comparable, Sendable {
    /// The host is the endpoint's but the port is not, so that something else may be meant; or only security groups speak
    /// for it.
    case weak
    /// The host is the endpoint's.
    case strong
    /// The host and the port are the endpoint's, or the user says so.
    case certain

    package static func < (a: Strength, b: Strength) -> Bool { a.rank < b.rank }
    private var rank: Int { self == .weak ? 0 : self == .strong ? 1 : 2 }
  }
}
