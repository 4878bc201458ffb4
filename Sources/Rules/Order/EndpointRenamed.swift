import Diagnostics
import Services

/// An endpoint that gets another name or port. A client that still uses the old one finds nothing after its next
/// deployment, and one that moves with it loses the old name until its own deployment ends.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ecs-service-serviceconnectclientalias.html
struct EndpointRenamed: Rule {
  static let description = RuleDescription(
    id: "endpoint-renamed", severity: .error, group: .order,
    summary: "an endpoint gets another name or port, and a client still uses the old one", needsOldSide: true,
    spansRoots: true)

  func check(_ change: Change) -> [Diagnostic] {
    FormerEndpoint.all(in: change).flatMap { former -> [Diagnostic] in
      guard let successor = former.successor, let server = change.new[former.server.name] else { return [] }
      guard !former.clients.isEmpty else {
        return [
          diagnostic(.notice, .unseen(server, former, successor), server, [], former, nil)
        ]
      }
      return former.clients.map { client, evidence in
        evidence.isEmpty
          ? diagnostic(.warning, .moved(client, former, successor), client, [], former, nil)
          : diagnostic(
            .error, .left(client, former, successor), client, evidence, former,
            Fix(summary: "\(Diagnostic.Message.move(client, successor))"))
      }
    }
  }

  private func diagnostic(
    _ severity: Severity, _ message: Diagnostic.Message, _ service: Service, _ evidence: [Evidence],
    _ former: FormerEndpoint, _ fix: Fix?
  ) -> Diagnostic {
    Diagnostic(
      rule: Self.description.id, severity: severity, message, at: service.location, service: service.logicalID,
      construct: service.constructPath, notes: evidence.map { .init(.names($0), at: $0.location) }, fix: fix,
      identity: [
        service.name.path.description, service.logicalID, former.server.name.path.description,
        former.server.logicalID, former.endpoint.display,
      ])
  }
}

extension Diagnostic.Message {
  fileprivate static func left(_ client: Service, _ former: FormerEndpoint, _ successor: Endpoint) -> Self {
    """
    \(client.logicalID) still uses \(former.endpoint.display), which \(former.server.logicalID) now publishes as \
    \(successor.display): its tasks will not resolve it after the next deployment of \(client.logicalID)
    """
  }

  fileprivate static func moved(_ client: Service, _ former: FormerEndpoint, _ successor: Endpoint) -> Self {
    """
    \(former.server.logicalID) renames \(former.endpoint.display) to \(successor.display) together with its client: \
    running tasks of \(client.logicalID) lose the old name until the deployment of \(client.logicalID) ends
    """
  }

  fileprivate static func unseen(_ server: Service, _ former: FormerEndpoint, _ successor: Endpoint) -> Self {
    """
    \(server.logicalID) renames \(former.endpoint.display) to \(successor.display): no client is seen here, but others \
    in the namespace may still use the old name
    """
  }

  fileprivate static func names(_ evidence: Evidence) -> Self { "\(evidence.subject) names the old endpoint here" }

  fileprivate static func move(_ client: Service, _ successor: Endpoint) -> Self {
    """
    publish both at first (another entry under Services on a second named port), let \(client.logicalID) use \
    \(successor.display), then take the old one away
    """
  }
}

extension EndpointRenamed {
  static let manual = RuleManual(
    finds: """
      An endpoint whose name or port the side before the change publishes and the new side does not, while the same server
      publishes another one in its place: on the same port name, or the only one it has. Reported are clients that still
      name the old one, with the places; clients that move in the same change; and, if there is no client to be seen, the
      server itself.
      """,
    effect: """
      The next deployment of a client takes over the names that exist then, and the old one is gone: `getaddrinfo
      ENOTFOUND`, `Could not resolve host`; with another port alone, a refused connection. Until then its tasks hold an
      entry that leads to nothing. A client that moves in the same change loses the old name before its own new tasks run.
      This follows from what AWS says about deployments; no public report with a log of it is known.
      """,
    example: .template(
      """
       Resources:
         ApiTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - Name: api
                 Image: api:2
      -          PortMappings: [{Name: api, ContainerPort: 8080}]
      +          PortMappings: [{Name: api, ContainerPort: 8080}, {Name: orders, ContainerPort: 8081}]
         Api:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref ApiTask
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: shop
               Services:
      -          - {PortName: api, ClientAliases: [{DnsName: orders, Port: 80}]}
      +          - {PortName: api, ClientAliases: [{DnsName: api, Port: 80}]}
      +          - {PortName: orders, ClientAliases: [{DnsName: orders, Port: 80}]}
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
      """,
      since: """
        Resources:
          ApiTask:
            Type: AWS::ECS::TaskDefinition
            Properties:
              NetworkMode: awsvpc
              ContainerDefinitions:
                - Name: api
                  Image: api:1
                  PortMappings: [{Name: api, ContainerPort: 8080}]
          Api:
            Type: AWS::ECS::Service
            Properties:
              TaskDefinition: !Ref ApiTask
              ServiceConnectConfiguration:
                Enabled: true
                Namespace: shop
                Services:
                  - {PortName: api, ClientAliases: [{DnsName: api, Port: 80}]}
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
      A client that keeps the old name: yes, at the latest with its next deployment, an *error*. Clients that all move
      along: for the time until their own deployment ends, a *warning*. No client in sight: only if there is one
      elsewhere in the namespace, a *notice*.
      """,
    cost: """
      Three deployments in place of one: publish both, move the clients, take the old one away. An entry has one client
      alias at most, so both means a second entry, on a second named port of the task definition.
      """,
    falseAlarms: """
      An endpoint that another server of the namespace publishes from now on is not gone, and clients keep using it. A
      changed default of the cluster leaves the services where they are ([namespace-changed](namespace-changed.md)).
      Whether the names differ is judged by values: an alias that is written out and says what the default said before is
      the same endpoint.
      """,
    sources: [
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html",
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ecs-service-serviceconnectclientalias.html",
      "https://github.com/hashicorp/terraform-provider-aws/pull/44064",
    ])
}
