package import Deployment
package import Diagnostics

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

  /// How the client finds the server.
  package enum Mechanism: String, Sendable {
    /// Names that are frozen when the client's deployment starts.
    case serviceConnect = "service-connect"
  }

  /// How sure it is that the client connects.
  package enum Strength: String, Comparable, Sendable {
    /// The host is the endpoint's but the port is not, so that something else may be meant.
    case weak
    /// The host is the endpoint's.
    case strong
    /// The host and the port are the endpoint's.
    case certain

    package static func < (a: Strength, b: Strength) -> Bool { a.rank < b.rank }
    private var rank: Int { self == .weak ? 0 : self == .strong ? 1 : 2 }
  }
}

/// A place in a template that names an endpoint.
package struct Evidence: Sendable {
  package enum Kind: String, Sendable {
    case environment
    case command
    case entryPoint = "entry-point"
    case healthCheck = "health-check"
  }

  package let kind: Kind
  /// The name of the environment variable.
  package let name: String?
  package let location: Location
  package let strength: Connection.Strength
  /// What must hold for the task to have the text.
  package let premises: [Premise]

  /// The subject of "… names the endpoint".
  package var subject: String {
    switch kind {
    case .environment: name ?? "the environment"
    case .command: "the command"
    case .entryPoint: "the entry point"
    case .healthCheck: "the health check"
    }
  }
}
