import Deployment
import Diagnostics
import Services

/// Services that connect to each other. No order serves them all, and `DependsOn` both ways is a circle that
/// CloudFormation refuses.
struct MutualClients: Rule {
  static let description = RuleDescription(
    id: "mutual-clients", severity: .error, group: .order, summary: "services that connect to each other")

  func check(_ change: Change) -> [Diagnostic] {
    let circles = Dictionary(grouping: change.pairs.filter { $0.fault == .mutual }) { $0.circle ?? 0 }
    return circles.sorted { $0.key < $1.key }.map { diagnostic($1, change) }
  }

  private func diagnostic(_ pairs: [Pair], _ change: Change) -> Diagnostic {
    let ids = Array(Set(pairs.flatMap { [$0.client.id, $0.server.id] })).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
    let servers = Dictionary(grouping: pairs, by: \.client.id).mapValues { $0.compactMap { numbers[$0.server.id] } }
    let circle = Circle.all(count: ids.count) { servers[ids[$0]] ?? [] }.first
    let way = (circle?.path.map { ids[$0] } ?? ids).map { change.new[$0] }
    return Diagnostic(
      rule: Self.description.id, severity: pairs.contains(where: \.isNew) ? .error : .warning, .circle(way),
      at: way[0].location, service: way[0].logicalID, construct: way[0].constructPath,
      notes: pairs.compactMap { pair in
        pair.connections[0].evidence.first.map { .init(.connects(pair, $0), at: $0.location) }
      },
      fix: Fix(summary: "\(Diagnostic.Message.decide(pairs))"),
      identity: [way[0].name.path.description] + ids.map { change.new[$0].logicalID }.sorted())
  }
}

extension Diagnostic.Message {
  fileprivate static func circle(_ way: [Service]) -> Self {
    let names = way.map(\.logicalID)
    let circle = (names + [names[0]]).joined(separator: " -> ")
    let list = names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
    return """
      \(list) connect to each other (\(circle)): whichever starts first will not resolve the other until it is \
      deployed again
      """
  }

  fileprivate static func connects(_ pair: Pair, _ evidence: Evidence) -> Self {
    "\(evidence.subject) of \(pair.client.logicalID) names \(pair.endpoint.display) of \(pair.server.logicalID) here"
  }

  /// One direction that is ordered already stays; else the first client waits for its server.
  fileprivate static func decide(_ pairs: [Pair]) -> Self {
    let ordered = pairs.first { [.explicit, .implicit, .stack].contains($0.relation) }
    let kept = ordered ?? pairs[0]
    let client = kept.client.logicalID
    let server = kept.server.logicalID
    let order =
      ordered == nil ? "order one direction (`DependsOn: [\(server)]` on \(client))" : "keep \(client) after \(server)"
    return """
      \(order), and declare the other direction under connections: with `order: ignored`; it resolves only when its \
      client is deployed a second time, so let it use a load balancer or Cloud Map DNS where it is needed at the start
      """
  }
}

extension MutualClients {
  static let manual = RuleManual(
    finds: """
      Services that connect to each other by Service Connect, two or a longer chain that comes back to its start. One
      finding for the whole group, with the circle spelled out and a note for each connection. It is found whether or not
      one direction is ordered, since the other cannot be.
      """,
    effect: """
      No order serves them all: whichever starts first does not resolve the other (`getaddrinfo ENOTFOUND`, `Could not
      resolve host`) until it is deployed again. Retries do not help, since the names a task knows are those of its own
      deployment. `DependsOn` both ways is refused before anything runs: `Circular dependency between resources`
      ([circular-dependency](circular-dependency.md)).
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
                 Image: api:1
                 PortMappings: [{Name: api, ContainerPort: 8080}]
      -          Environment: [{Name: CALLBACK_URL, Value: "http://web/done"}]
      +          Environment: [{Name: CALLBACK_URL, Value: "https://shop.example.com/done"}]
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
               - Name: web
                 Image: web:1
                 PortMappings: [{Name: web, ContainerPort: 3000}]
                 Environment: [{Name: API_URL, Value: "http://api"}]
         Web:
           Type: AWS::ECS::Service
           DependsOn: [Api]
           Properties:
             TaskDefinition: !Ref WebTask
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: shop
               Services: [{PortName: web, ClientAliases: [{DnsName: web, Port: 80}]}]
      """),
    cdk: """
      Order the direction that is needed at the start, and no other:

      ```ts
      (web.node.defaultChild as ecs.CfnService).addDependency(api.node.defaultChild as ecs.CfnService);
      ```
      """,
    urgency: """
      Yes, if a service, an endpoint or a connection of the circle is new in the change: an *error*. A circle that was
      there before runs on as long as nobody deploys it from scratch: a *warning*, with the status `existing`.
      """,
    cost: """
      The call back goes another way (an internal load balancer, Cloud Map DNS, a queue), or the service that starts first
      is deployed a second time after each first deployment: by a step of the pipeline, or by a new
      `ForceNewDeploymentNonce`. Then declare that direction with `order: ignored` and say so in its `reason`.
      """,
    falseAlarms: """
      A call back through a load balancer or a public name is no connection by Service Connect and closes no circle; nor
      does a service that names itself. One direction may be needed long after the start only, as the address of a
      webhook is: it resolves all the same only after a second deployment, so the finding stands until you declare it.
      """,
    sources: [
      "https://github.com/aws/containers-roadmap/issues/2692",
      "https://github.com/TracecatHQ/tracecat/pull/2864",
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html",
    ])
}
