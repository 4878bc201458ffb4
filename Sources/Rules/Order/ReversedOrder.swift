import Diagnostics
import Services

/// A server that waits for its own client: the client surely starts first.
struct ReversedOrder: Rule {
  static let description = RuleDescription(
    id: "reversed-order", severity: .error, group: .order, summary: "a server that waits for its client")

  func check(_ change: Change) -> [Diagnostic] {
    change.pairs.filter { $0.fault == .reversed }.map { pair in
      let notes = PairNotes(pair: pair)
      let path = change.new.order.path(from: pair.server.id, to: pair.client.id)
      let steps = WaitNotes(path: path, template: change.new.group.template(of: pair.server.id)).notes
      return Diagnostic(
        rule: Self.description.id, severity: .error, .startsFirst(pair), at: pair.client.location,
        service: pair.client.logicalID, construct: pair.client.constructPath,
        notes: notes.evidence + (steps.isEmpty ? [notes.server] : steps),
        fix: Fix(summary: "\(Diagnostic.Message.turnRound(pair))"), identity: pair.identity)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func startsFirst(_ pair: Pair) -> Self {
    let client = pair.client.logicalID
    let base = """
      \(client) starts before \(pair.server.logicalID), which waits for it: its tasks will not resolve \
      \(pair.endpoint.display) until \(client) is deployed again
      """
    let safe =
      "; this update is safe because \(pair.server.logicalID) is already there, a first deployment elsewhere is not"
    return "\(pair.wasPublished ? base + safe : base)"
  }

  fileprivate static func turnRound(_ pair: Pair) -> Self {
    """
    turn the order round: let \(pair.server.logicalID) no longer wait for \(pair.client.logicalID), and add \
    \(pair.server.logicalID) to DependsOn of \(pair.client.logicalID)
    """
  }
}

extension ReversedOrder {
  static let manual = RuleManual(
    finds: """
      A server that waits for a service which connects to it, by `DependsOn` or by references, directly or through other
      resources. The notes show where the client names the endpoint and each step by which the server waits.
      """,
    effect: """
      CloudFormation starts the client first, every time, and the server only when the client is stable. Its tasks are
      started without the server's name (`getaddrinfo ENOTFOUND api`, `Could not resolve host`) and keep it so until
      somebody deploys the client again. A client that ends when it finds no server never becomes stable: then the server
      is never made, and the stack hangs until ECS or its deployment circuit breaker gives up.
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
      -    DependsOn: [Web]
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
      +    DependsOn: [Api]
           Properties:
             TaskDefinition: !Ref WebTask
             ServiceConnectConfiguration: {Enabled: true, Namespace: shop}
      """),
    cdk: """
      The receiver waits for the argument. Turn the statement round, and order the two services alone:

      ```ts
      (web.node.defaultChild as ecs.CfnService).addDependency(api.node.defaultChild as ecs.CfnService);
      ```
      """,
    urgency: """
      Yes, if the server or the endpoint is new in the change, and then surely, not by bad luck. If the server was there
      before, this update finds the endpoint, and only a first deployment elsewhere runs into it; the message says which.
      """,
    cost: """
      The two swap places, so nothing takes longer than before. If the server waits for the client by a reference, its
      value has to come from elsewhere first: with the reference left in, `DependsOn` the other way closes a circle.
      """,
    falseAlarms: """
      That a server waits for the *task definition*, the security group or another part of a client is no order of
      services. If the client connects to the server only long after it started, for a report at night, say, its tasks
      still lack the name; declare the connection with `order: ignored` if something deploys the client again before.
      """,
    sources: [
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html",
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html",
    ])
}
