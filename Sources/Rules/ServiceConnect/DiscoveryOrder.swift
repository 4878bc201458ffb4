import Deployment
import Diagnostics
import Services

/// A client and a server by Cloud Map DNS or a load balancer's name, not ordered. Such names resolve as soon as the server
/// is there, without another deployment of the client, so the rule is off unless somebody wants the order all the same.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html
struct DiscoveryOrder: Rule {
  static let description = RuleDescription(
    id: "discovery-order", severity: nil, group: .serviceConnect,
    summary: "a client and a server by Cloud Map DNS or load balancer name, not ordered")

  func check(_ change: Change) -> [Diagnostic] {
    var seen: Set<[ResourceID]> = []
    return change.new.connections.compactMap { connection -> Diagnostic? in
      let client = change.new[connection.client]
      let server = change.new[connection.server]
      guard [.cloudMap, .loadBalancer].contains(connection.mechanism), connection.strength > .weak,
        connection.ignored == nil, [.none, .reversed].contains(connection.relation),
        change.affected.contains(client.name) || change.affected.contains(server.name),
        seen.insert([client.id, server.id]).inserted
      else { return nil }
      let evidence = connection.evidence.filter { $0.strength > .weak }
      return Diagnostic(
        rule: Self.description.id, severity: .notice, .notOrdered(client, server, connection), at: client.location,
        service: client.logicalID, construct: client.constructPath,
        notes: evidence.map { .init(.names($0), at: $0.location) } + [.init(.declared(server), at: server.location)],
        fix: Fix(summary: "\(Diagnostic.Message.order(client, server))"),
        identity: [
          client.name.path.description, client.logicalID, server.name.path.description, server.logicalID,
          connection.endpoint.display,
        ])
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func notOrdered(_ client: Service, _ server: Service, _ connection: Connection) -> Self {
    """
    \(client.logicalID) may start before \(server.logicalID): its first calls of \(connection.endpoint.display) may fail; \
    the name resolves by itself once \(server.logicalID) is there
    """
  }

  fileprivate static func names(_ evidence: Evidence) -> Self { "\(evidence.subject) names the server here" }

  fileprivate static func declared(_ server: Service) -> Self { "\(server.logicalID) is declared here" }

  fileprivate static func order(_ client: Service, _ server: Service) -> Self {
    "let \(client.logicalID) depend on \(server.logicalID), if its tasks do not try again by themselves"
  }
}

extension DiscoveryOrder {
  static let manual = RuleManual(
    finds: """
      A client that names a server by its record in Cloud Map DNS (`ServiceRegistries`) or by the name of the load balancer
      in front of it, with nothing that starts the server first. Off by default: such names come right by themselves.
      """,
    effect: """
      DNS is asked anew for each look-up, so the name resolves as soon as the server has registered, without another
      deployment of the client. Until then the first calls fail: `getaddrinfo ENOTFOUND mysql.blog.internal`, or status
      503 from the load balancer. Clients that try again never notice; those that end at the first error are started
      again by ECS until it works, and a deployment circuit breaker may take that for a broken deployment.
      """,
    example: .template(
      """
       Parameters:
         Vpc: {Type: "AWS::EC2::VPC::Id"}
       Resources:
         Namespace:
           Type: AWS::ServiceDiscovery::PrivateDnsNamespace
           Properties: {Name: blog.internal, Vpc: !Ref Vpc}
         MySqlRecord:
           Type: AWS::ServiceDiscovery::Service
           Properties:
             Name: mysql
             DnsConfig: {NamespaceId: !Ref Namespace, DnsRecords: [{Type: A, TTL: 10}]}
         MySqlTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions: [{Name: mysql, Image: "mysql:8.4"}]
         MySql:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref MySqlTask
             ServiceRegistries: [{RegistryArn: !GetAtt MySqlRecord.Arn}]
         WordPressTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - Name: wordpress
                 Image: wordpress:6-apache
                 Environment: [{Name: WORDPRESS_DB_HOST, Value: "mysql.blog.internal:3306"}]
         WordPress:
           Type: AWS::ECS::Service
      +    DependsOn: [MySql]
           Properties:
             TaskDefinition: !Ref WordPressTask
      """),
    cdk: """
      ```ts
      (wordPress.node.defaultChild as ecs.CfnService).addDependency(mySql.node.defaultChild as ecs.CfnService);
      ```
      """,
    urgency: """
      Only in the first minutes of a first deployment, and only if the client does not try again. In an update the server
      is there.
      """,
    cost: """
      The client waits until the server is stable, in every deployment that changes both, for what a retry in the client
      gives without waiting. Switch the rule on where the client cannot be taught to retry.
      """,
    falseAlarms: """
      Where all clients retry, everything it says is one: therefore it is off. Names of Service Connect are not its
      subject; [client-before-server](client-before-server.md) looks at those, and there order is needed. A client with
      any path of dependencies to the server is silent.
      """,
    sources: [
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html",
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html",
    ])
}
