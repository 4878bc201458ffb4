import Deployment

/// Tells whether clients of a model still look up names that it no longer publishes.
package struct FormerLookup {
  private let evaluator: Evaluator

  package init(_ model: ServiceModel) { evaluator = Evaluator(model.group) }

  /// What in a client's task names an endpoint of the old side, as if the client's namespace still had it.
  package func evidence(of client: Service, for endpoint: Endpoint) -> [Evidence] {
    // A host that only a deployment tells cannot be compared between revisions.
    guard let namespace = client.connect?.namespace, let task = client.taskDefinition?.id,
      !HoleTable.hasHole(endpoint.host)
    else { return [] }
    // The server may be gone, so that a stand-in publishes the name: some resource that is no service.
    let former = Endpoint(
      server: task, host: endpoint.host, port: endpoint.port, display: endpoint.display, portName: nil,
      discoveryName: nil, registeredName: nil, hasAlias: true, ingressPort: nil, premises: [])
    let server = Service(
      id: task, name: client.name, spot: client.spot, constructPath: nil, taskDefinition: nil,
      cluster: nil,
      connect: ServiceConnect(
        namespace: namespace, settled: namespace, isInherited: false, namespaceName: "", endpoints: [former],
        premises: []))
    let found = ConnectionInference(evaluator, [server, client], .none).found(by: client).lookups
    return found.filter { $0.endpoint == former }.flatMap(\.evidence).filter { $0.strength > .weak }
  }
}
