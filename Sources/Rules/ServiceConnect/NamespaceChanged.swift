import Diagnostics
import Services

/// A server that moves to another namespace while a client stays: names resolve only within one namespace. A changed
/// default of a cluster moves new services only.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html
struct NamespaceChanged: Rule {
  static let description = RuleDescription(
    id: "namespace-changed", severity: .error, group: .serviceConnect,
    summary: "a server or the default of its cluster moves to another namespace, and a client stays", needsOldSide: true
  )

  func check(_ change: Change) -> [Diagnostic] {
    guard let old = change.old else { return [] }
    return moved(change, old) + left(change, old)
  }

  /// A new service joins the new default of its cluster, and the other end was created in the old one.
  private func left(_ change: Change, _ old: ServiceModel) -> [Diagnostic] {
    change.pairs.compactMap { pair in
      let ends = [pair.client, pair.server]
      let former = ends.compactMap { service -> String? in
        guard service.connect?.isInherited ?? false, let before = old[service.name]?.connect, before.isInherited,
          before.namespaceName != service.connect?.namespaceName
        else { return nil }
        return before.namespaceName
      }
      guard former.count == 1, let namespace = former.first else { return nil }
      let notes = PairNotes(pair: pair)
      return Diagnostic(
        rule: Self.description.id, severity: .error, .staysBehind(pair, namespace), at: pair.client.location,
        service: pair.client.logicalID, construct: pair.client.constructPath, notes: notes.evidence + [notes.server],
        fix: Fix(summary: "\(Diagnostic.Message.together)"), identity: pair.identity)
    }
  }

  /// Client and server had one namespace and now have two.
  private func moved(_ change: Change, _ old: ServiceModel) -> [Diagnostic] {
    let lookup = FormerLookup(change.new)
    return old.connections.filter(\.needsOrder).compactMap { connection -> Diagnostic? in
      guard let client = change.new[old[connection.client].name], let server = change.new[old[connection.server].name],
        let clientNamespace = client.connect?.namespace, let serverNamespace = server.connect?.namespace,
        clientNamespace != .unknown, serverNamespace != .unknown, clientNamespace != serverNamespace,
        server.connect?.endpoints.contains(where: { $0.display == connection.endpoint.display }) ?? false
      else { return nil }
      let evidence = lookup.evidence(of: client, for: connection.endpoint)
      guard !evidence.isEmpty else { return nil }
      return Diagnostic(
        rule: Self.description.id, severity: .error, .apart(client, server, connection.endpoint), at: client.location,
        service: client.logicalID, construct: client.constructPath,
        notes: evidence.map { .init(.names($0), at: $0.location) } + [.init(.declared(server), at: server.location)],
        fix: Fix(summary: "\(Diagnostic.Message.together)"),
        identity: [
          client.name.path.description, client.logicalID, server.name.path.description, server.logicalID,
          connection.endpoint.display,
        ])
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func apart(_ client: Service, _ server: Service, _ endpoint: Endpoint) -> Self {
    """
    \(client.logicalID) and \(server.logicalID) are no longer in one namespace: after their next deployments tasks of \
    \(client.logicalID) will not resolve \(endpoint.display)
    """
  }

  fileprivate static func staysBehind(_ pair: Pair, _ namespace: String) -> Self {
    """
    the default namespace of the cluster changes, which moves new services only: one of \(pair.client.logicalID) and \
    \(pair.server.logicalID) stays in \(namespace), so tasks of \(pair.client.logicalID) will not resolve \
    \(pair.endpoint.display)
    """
  }

  fileprivate static func names(_ evidence: Evidence) -> Self { "\(evidence.subject) names the endpoint here" }

  fileprivate static func declared(_ server: Service) -> Self { "\(server.logicalID) is declared here" }

  fileprivate static var together: Self { "move both to the namespace, each with its own `Namespace`" }
}

extension NamespaceChanged {
  static let manual = RuleManual(
    finds: """
      A client and a server that shared a namespace before the change and do not share one after it, while the client
      still names the endpoint. Also a pair of which one end is new and takes the changed `ServiceConnectDefaults` of its
      cluster, while the other was created under the former default and stays there.
      """,
    effect: """
      Names resolve only within one namespace. The update goes through without an error; with its next deployment the
      client gets the names of its own namespace, among which the server is no more: `getaddrinfo ENOTFOUND api`, `Could
      not resolve host`. A changed default of the cluster moves new services only, so it splits those that are there from
      those that come.
      """,
    example: .template(
      """
       Resources:
         ApiTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - {Name: api, Image: "api:1", PortMappings: [{Name: api, ContainerPort: 8080}]}
         Api:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref ApiTask
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: shop-eu
               Services: [{PortName: api, ClientAliases: [{DnsName: api, Port: 80}]}]
         WebTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - {Name: web, Image: "web:1", Environment: [{Name: API_URL, Value: "http://api"}]}
         Web:
           Type: AWS::ECS::Service
           DependsOn: [Api]
           Properties:
             TaskDefinition: !Ref WebTask
      -      ServiceConnectConfiguration: {Enabled: true, Namespace: shop}
      +      ServiceConnectConfiguration: {Enabled: true, Namespace: shop-eu}
      """,
      since: """
        Resources:
          ApiTask:
            Type: AWS::ECS::TaskDefinition
            Properties:
              NetworkMode: awsvpc
              ContainerDefinitions:
                - {Name: api, Image: "api:1", PortMappings: [{Name: api, ContainerPort: 8080}]}
          Api:
            Type: AWS::ECS::Service
            Properties:
              TaskDefinition: !Ref ApiTask
              ServiceConnectConfiguration:
                Enabled: true
                Namespace: shop
                Services: [{PortName: api, ClientAliases: [{DnsName: api, Port: 80}]}]
          WebTask:
            Type: AWS::ECS::TaskDefinition
            Properties:
              NetworkMode: awsvpc
              ContainerDefinitions:
                - {Name: web, Image: "web:1", Environment: [{Name: API_URL, Value: "http://api"}]}
          Web:
            Type: AWS::ECS::Service
            DependsOn: [Api]
            Properties:
              TaskDefinition: !Ref WebTask
              ServiceConnectConfiguration: {Enabled: true, Namespace: shop}
        """),
    urgency: """
      Yes, and only a deployment of the client *in* the server's new namespace mends it. Running tasks of the client may
      go on for a while with what they know of the old one; do not take that for a sign that it works.
      """,
    cost: """
      Client and server move in one change, the client after the server, so both are deployed. All other clients of the
      server have to come along too: those that are not in these templates nobody here can see.
      """,
    falseAlarms: """
      A name and the ARN of the namespace with that name are the same, and another spelling of either is no move. A
      namespace that is a parameter without a default is unknown, and unknown is never held to differ. A server that moves
      together with all its clients is silent.
      """,
    sources: [
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html",
      "https://github.com/aws/copilot-cli/issues/4659",
      "https://github.com/cdklabs/cdk-ecs-codedeploy/issues/121",
    ])
}
