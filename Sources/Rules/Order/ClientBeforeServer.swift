import Deployment
import Diagnostics
import Services

/// A client that CloudFormation may start before a server it connects to, since nothing orders the two.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html
struct ClientBeforeServer: Rule {
  static let description = RuleDescription(
    id: "client-before-server", severity: .error, group: .order,
    summary:
      "a client service and a server it connects to, in one stack, with no path of dependencies from client to server")

  func check(_ change: Change) -> [Diagnostic] {
    change.pairs.filter { $0.fault == .unordered }.map { pair in
      let notes = PairNotes(pair: pair)
      return Diagnostic(
        rule: Self.description.id, severity: pair.isNew ? .error : .warning,
        .mayStartBefore(pair, change), at: pair.client.location, service: pair.client.logicalID,
        construct: pair.client.constructPath,
        notes: [.init(.deployedTogether(pair.server), at: pair.client.location)] + notes.evidence + [notes.server],
        fix: OrderFix(change: change, pair: pair).fix, identity: pair.identity)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func mayStartBefore(_ pair: Pair, _ change: Change) -> Self {
    let client = pair.client.logicalID
    let server = pair.server.logicalID
    var text = """
      \(client) may start before \(server): its tasks will not resolve \(pair.endpoint.display) until \(client) is \
      deployed again
      """
    let circumstances = pair.connections[0].circumstances
    if !circumstances.isEmpty { text += "; nothing orders the two where \(circumstances)" }
    if let task = taskInDependsOn(pair, change) { text += "; it waits for \(task), not for the service" }
    if pair.wasPublished {
      text += "; this update is safe because \(server) is already there, a first deployment elsewhere is not"
    }
    return "\(text)"
  }

  /// The server's task definition, if the client waits for that by mistake.
  private static func taskInDependsOn(_ pair: Pair, _ change: Change) -> String? {
    guard let task = pair.server.taskDefinition?.id, task.stack == pair.client.id.stack else { return nil }
    let graph = change.new.group.stacks[task.stack].graph
    return graph.explicitDependents(of: task.index).contains(pair.client.id.index)
      ? change.new.group[task].logicalID : nil
  }

  fileprivate static func deployedTogether(_ server: Service) -> Self {
    "deployed at the same time as \(server.logicalID)"
  }
}

extension ClientBeforeServer {
  static let manual = RuleManual(
    finds: """
      A client service and a server of the same stack, where nothing makes CloudFormation start the server first: no
      `DependsOn`, `Ref`, `Fn::GetAtt` or `Fn::Sub` leads from the client to the server, by whatever way. That the client
      connects to the server is seen in the template: the host of an endpoint that the server publishes by Service Connect
      in the same namespace, as a whole word, in an environment variable, a secret's value, a command, an entry point or a
      health check of the client. The notes show each of these places.
      """,
    effect: """
      CloudFormation starts both services at the same time. The tasks of the client get the names of the endpoints that
      exist when *their own deployment* begins, written to `/etc/hosts` of their containers, and no others until the next
      deployment. If the server comes second, the name is missing: `getaddrinfo ENOTFOUND mysql`, `Could not resolve
      host`, `Unknown MySQL server host`, and it stays so until somebody deploys the client again. Tasks that ECS replaces
      get the same old list. Whether it happens depends on which service is quicker, so it comes and goes.
      """,
    example: .template(
      """
       Resources:
         Namespace:
           Type: AWS::ServiceDiscovery::HttpNamespace
           Properties: {Name: blog}
         MySqlTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - Name: mysql
                 Image: mysql:8.4
                 PortMappings: [{Name: mysql, ContainerPort: 3306}]
         MySql:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref MySqlTask
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: !GetAtt Namespace.Arn
               Services: [{PortName: mysql, ClientAliases: [{DnsName: mysql, Port: 3306}]}]
         WordPressTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - Name: wordpress
                 Image: wordpress:6-apache
                 Environment: [{Name: WORDPRESS_DB_HOST, Value: "mysql:3306"}]
         WordPress:
           Type: AWS::ECS::Service
      +    DependsOn: [MySql]
           Properties:
             TaskDefinition: !Ref WordPressTask
             ServiceConnectConfiguration: {Enabled: true, Namespace: !GetAtt Namespace.Arn}
      """),
    cdk: """
      Between the two `CfnService`, with your variables for the services; `.service` comes first for those of
      `aws-ecs-patterns`:

      ```ts
      const wait = (client: ecs.BaseService, server: ecs.BaseService) =>
        (client.node.defaultChild as ecs.CfnService).addDependency(server.node.defaultChild as ecs.CfnService);
      wait(wordPress, mySql);
      ```

      Not `wordPress.node.addDependency(mySql)`: that also orders the security groups of the two, and with an ingress rule
      between them closes a circle ([construct-dependency-cycle](construct-dependency-cycle.md)).
      """,
    urgency: """
      Yes, when the client, the server, the endpoint or the connection is new in the change: an *error*. If all of them
      were there before, this update finds the endpoint, and only a first deployment elsewhere (another region, a new
      stage, after a disaster) runs into it: a *warning*, with the status `existing`. Adding `DependsOn` to a client that
      runs already heals nothing by itself, since CloudFormation makes no update of it: deploy the client once more.
      """,
    cost: """
      The client waits until the server is stable: its tasks run and its health checks pass. Deployments take longer by
      that, and a server that never becomes stable holds its clients up until ECS gives up, which takes up to three hours
      unless a deployment circuit breaker ends it sooner (`server-without-circuit-breaker`).
      """,
    falseAlarms: """
      A name that is only part of a word, an image, the name of a database or of a user is no evidence; nor is a bare word
      in a variable that does not look like a host. A client that looks the name up by Cloud Map DNS, and not by Service
      Connect, gets it later by itself. A service that calls back its caller is a circle, which `mutual-clients` tells. A
      client that tries again finds nothing either, because the list stays as it was; if yours finds the server by other
      means, declare the connection with `order: ignored`.
      """,
    sources: [
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html",
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html",
      "https://github.com/aws/containers-roadmap/issues/2692",
      "https://github.com/mreferre/yelb/issues/86",
    ])
}
