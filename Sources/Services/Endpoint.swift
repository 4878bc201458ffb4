package import Deployment

/// A name and port that a service publishes in its namespace, or answers on: what clients look up.
package struct Endpoint: Hashable, Sendable {
  package let server: ResourceID
  /// The host in lower case, with holes: the DNS name of the client alias, else `<discovery name>.<namespace name>`.
  package let host: String
  /// The port of the client alias; `nil` where the template does not tell it.
  package let port: Int?
  /// The host and port for people and reports.
  package let display: String
  /// The name of the port mapping it forwards to.
  package let portName: String?
  /// The Cloud Map name, unique in the namespace.
  package let discoveryName: String?
  /// The same with holes, to be compared within one model.
  package let registeredName: String?
  /// Whether the alias has a name of its own.
  package let hasAlias: Bool
  /// The port that the task accepts connections of clients on: the override, else the container's.
  package let ingressPort: Int?
  /// What must hold for the server to publish it.
  package let premises: [Premise]
}

extension Endpoint {
  /// What a client reaches by a name that does not come from Service Connect, as the client spells it.
  init(of server: ResourceID, host: String, port: Int?, _ evaluator: Evaluator) {
    let shown = evaluator.display(host)
    self.init(
      server: server, host: host, port: port, display: port.map { "\(shown):\($0)" } ?? shown, portName: nil,
      discoveryName: nil, registeredName: nil, hasAlias: false, ingressPort: nil, premises: [])
  }
}
