import Diagnostics
import Services

/// An endpoint that the change removes while a client still uses it.
struct EndpointRemoved: Rule {
  static let description = RuleDescription(
    id: "endpoint-removed", severity: .error, group: .order,
    summary: "a client still uses an endpoint that the change removes", needsOldSide: true, spansRoots: true)

  func check(_ change: Change) -> [Diagnostic] {
    FormerEndpoint.all(in: change).filter { $0.successor == nil }.flatMap { former in
      former.clients.filter { !$0.evidence.isEmpty }.map { client, evidence in
        Diagnostic(
          rule: Self.description.id, severity: .error, .gone(client, former), at: client.location,
          service: client.logicalID, construct: client.constructPath,
          notes: evidence.map { .init(.names($0), at: $0.location) },
          fix: Fix(summary: "\(Diagnostic.Message.twoSteps(client, former))"),
          identity: [
            client.name.path.description, client.logicalID, former.server.name.path.description,
            former.server.logicalID, former.endpoint.display,
          ])
      }
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func gone(_ client: Service, _ former: FormerEndpoint) -> Self {
    """
    \(client.logicalID) still uses \(former.endpoint.display), which \(former.server.logicalID) no longer publishes: \
    running tasks reach nothing behind it, and after the next deployment of \(client.logicalID) the name is gone
    """
  }

  fileprivate static func names(_ evidence: Evidence) -> Self { "\(evidence.subject) names the endpoint here" }

  fileprivate static func twoSteps(_ client: Service, _ former: FormerEndpoint) -> Self {
    "deploy \(client.logicalID) without \(former.endpoint.display) first, then remove the endpoint"
  }
}

extension EndpointRemoved {
  static let manual = RuleManual(
    finds: """
      An endpoint that the side before the change publishes and the new side does not, with nothing of the same server in
      its place, and a client that still names it. The server is gone, or it has Service Connect switched off, or it lost
      the entry under `Services`. The notes show what names the endpoint still.
      """,
    effect: """
      The running tasks of the client keep an entry for the name with nothing behind it, so connections fail; the next
      deployment of the client, for whatever reason, takes the name away too: `getaddrinfo ENOTFOUND search`, `Could not
      resolve host`. This follows from what AWS says about deployments; no public report with a log of it is known.
      """,
    example: .template(
      """
       Resources:
         WebTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - Name: web
                 Image: web:2
      -          Environment: [{Name: SEARCH_URL, Value: "http://search"}]
         Web:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref WebTask
             ServiceConnectConfiguration: {Enabled: true, Namespace: shop}
      """,
      since: """
        Resources:
          SearchTask:
            Type: AWS::ECS::TaskDefinition
            Properties:
              NetworkMode: awsvpc
              ContainerDefinitions:
                - {Name: search, Image: "search:1", PortMappings: [{Name: search, ContainerPort: 9200}]}
          Search:
            Type: AWS::ECS::Service
            Properties:
              TaskDefinition: !Ref SearchTask
              ServiceConnectConfiguration:
                Enabled: true
                Namespace: shop
                Services: [{PortName: search, ClientAliases: [{DnsName: search, Port: 80}]}]
          WebTask:
            Type: AWS::ECS::TaskDefinition
            Properties:
              NetworkMode: awsvpc
              ContainerDefinitions:
                - Name: web
                  Image: web:1
                  Environment: [{Name: SEARCH_URL, Value: "http://search"}]
          Web:
            Type: AWS::ECS::Service
            DependsOn: [Search]
            Properties:
              TaskDefinition: !Ref WebTask
              ServiceConnectConfiguration: {Enabled: true, Namespace: shop}
        """),
    urgency: """
      Yes: with this deployment nothing is left behind the name, and the client is not told. Only a client that never
      opens that connection is safe, and then it should not name the endpoint.
      """,
    cost: """
      Two deployments where the server stays and loses only the endpoint: first the client without it, then the server.
      Where the whole server goes, one change may do both, since CloudFormation deletes what is removed after all updates.
      """,
    falseAlarms: """
      An endpoint that another server publishes under the same name and port is not gone, and one that only changes its
      name is [endpoint-renamed](endpoint-renamed.md). Clients outside of what was read are not known and not guessed at.
      If the name still resolves by other means, such as a record in a private zone, suppress it and say so.
      """,
    sources: [
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html",
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html",
    ])
}
