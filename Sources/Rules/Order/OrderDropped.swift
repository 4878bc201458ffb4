import Deployment
import Diagnostics
import Services

/// An order between two services that the old side had and the change takes away.
struct OrderDropped: Rule {
  static let description = RuleDescription(
    id: "order-dropped", severity: .error, group: .order,
    summary: "the change takes away the order between a client and a server", needsOldSide: true)

  func check(_ change: Change) -> [Diagnostic] {
    change.pairs.filter { $0.fault == .dropped }.map { pair in
      let notes = PairNotes(pair: pair)
      return Diagnostic(
        rule: Self.description.id, severity: .error, .noLongerWaits(pair), at: pair.client.location,
        service: pair.client.logicalID, construct: pair.client.constructPath, notes: notes.evidence + [notes.server],
        fix: OrderFix(change: change, pair: pair).fix, identity: pair.identity)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func noLongerWaits(_ pair: Pair) -> Self {
    let client = pair.client.logicalID
    let server = pair.server.logicalID
    let base = """
      \(client) no longer waits for \(server): where both are new its tasks will not resolve \
      \(pair.endpoint.display) until \(client) is deployed again
      """
    let safe = "; this update is safe because \(server) is already there, a first deployment elsewhere is not"
    return "\(pair.wasPublished ? base + safe : base)"
  }
}

extension OrderDropped {
  static let manual = RuleManual(
    finds: """
      A client and a server that were ordered before the change and are not any more, while the client still connects to
      the server: a `DependsOn` lost an entry, an `addDependency` went, a reference became a literal, or the order led
      through a resource that is gone. The notes show what names the endpoint.
      """,
    effect: """
      Nothing at first, which is why it slips through a review: in your stacks the server runs already. The next *first*
      deployment starts both at once, and the client's tasks may not resolve the server (`getaddrinfo ENOTFOUND`, `Could
      not resolve host`) until the client is deployed again. Often the list was not meant to get shorter: `DependsOn`
      takes one text, and who writes another one into its place drops the first.
      """,
    example: .template(
      """
       Resources:
         Logs:
           Type: AWS::Logs::LogGroup
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
      -    DependsOn: Logs
      +    DependsOn: [Api, Logs]
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
            DependsOn: Api
            Properties:
              TaskDefinition: !Ref WebTask
              ServiceConnectConfiguration: {Enabled: true, Namespace: shop}
        """),
    cdk: """
      Put the statement back, in the form that orders the two services and nothing else:

      ```ts
      (web.node.defaultChild as ecs.CfnService).addDependency(api.node.defaultChild as ecs.CfnService);
      ```
      """,
    urgency: """
      This update is safe where the endpoint was there before; the message says so. It is an *error* all the same, since
      the order was there on purpose and nothing will remind you of it before a first deployment fails.
      """,
    cost: """
      What it cost before: the client waits for the server. If that is what the change wants to save, let the client reach
      the server by Cloud Map DNS or a load balancer, whose names resolve later by themselves.
      """,
    falseAlarms: """
      An order that the change leads another way is none that is lost: all paths count, through any resource, and a list
      that is sorted or spelled differently is the same. A client that no longer connects to the server needs no order,
      and neither does one whose server goes in the same change.
      """,
    sources: [
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html",
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html",
    ])
}
