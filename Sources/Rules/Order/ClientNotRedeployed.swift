import Deployment
import Diagnostics
import Services

/// A server that publishes a new endpoint while a client that uses it is not deployed by the same change: the tasks of a
/// client, replacements too, know the endpoints of its last deployment and no others.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html
struct ClientNotRedeployed: Rule {
  static let description = RuleDescription(
    id: "client-not-redeployed", severity: .error, group: .order,
    summary: "a new endpoint, and a client of it that the change does not deploy", needsOldSide: true, spansRoots: true)

  func check(_ change: Change) -> [Diagnostic] {
    change.pairs.filter { $0.fault == .notRedeployed }.map { pair in
      let notes = PairNotes(pair: pair)
      return Diagnostic(
        rule: Self.description.id, severity: .error, .staysAsItIs(pair), at: pair.client.location,
        service: pair.client.logicalID, construct: pair.client.constructPath, notes: notes.evidence + [notes.server],
        fix: fix(pair, change), identity: pair.identity)
    }
  }

  /// An order alone makes no update of the client, a deployment without order may come too early: both or none.
  private func fix(_ pair: Pair, _ change: Change) -> Fix {
    let isOrdered = ![Waits.Relation.none, .reversed].contains(pair.relation)
    let order = isOrdered ? nil : OrderFix(change: change, pair: pair).fix
    if change.new.group.stacks[pair.client.id.stack].isSynthesised { return Fix(.deployment(of: pair)) }
    var fix = Fix(summary: "\(Diagnostic.Message.deploy(pair, order))", obstacle: order?.obstacle)
    guard order.map({ !$0.edits.isEmpty }) ?? true else { return fix }
    if let edit = ForcedDeploymentEdit(of: pair.client, for: pair.identity, in: change.new.group).edit {
      fix.edits = (order?.edits ?? []) + [edit]
    } else {
      fix.obstacle = "\(Diagnostic.Message.notPlain(pair))"
    }
    return fix
  }
}

extension Diagnostic.Message {
  fileprivate static func staysAsItIs(_ pair: Pair) -> Self {
    let client = pair.client.logicalID
    return """
      \(client) is not deployed by this change, in which \(pair.server.logicalID) publishes \(pair.endpoint.display): \
      its tasks will not resolve it until \(client) is deployed again
      """
  }

  fileprivate static func notPlain(_ pair: Pair) -> Self {
    "the properties of \(pair.client.logicalID) are not written so plainly that an edit would surely change nothing else"
  }

  fileprivate static func deploy(_ pair: Pair, _ order: Fix?) -> Self {
    """
    \(order.map { "\($0.summary), and " } ?? "")deploy \(pair.client.logicalID) in this change: \
    `ForceNewDeployment: {EnableForceNewDeployment: true, ForceNewDeploymentNonce: <new value>}`
    """
  }
}

extension Fix.Statement {
  fileprivate static func deployment(of pair: Pair) -> Self {
    Fix.Statement(
      "deploy \(pair.client.logicalID) after \(pair.server.logicalID) by this change of the app",
      "with your variables for the two services", "client.forceNewDeployment('<new value>')",
      "(client.node.defaultChild as CfnService).addDependency(server.node.defaultChild as CfnService)",
      waitingFor: pair.server.location)
  }
}

extension ClientNotRedeployed {
  static let manual = RuleManual(
    finds: """
      A server that publishes an endpoint which the side before the change does not have, and a client of it that was
      there before and that the change does not deploy: neither a property of the service that starts a deployment
      differs, nor anything of its task definition but the tags. An unchanged `DependsOn`, a new one, another desired
      count or other tags start none.
      """,
    effect: """
      The tasks of the client keep the names of its last deployment, in which the endpoint did not exist: `getaddrinfo
      ENOTFOUND api`, `Could not resolve host`. Tasks that ECS starts anew, because one ended or the service scales out,
      get the same old list. It looks like a fault of the server, which runs well, and goes away by the next deployment of
      the client.
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
      +      ForceNewDeployment: {EnableForceNewDeployment: true, ForceNewDeploymentNonce: api-is-there}
      """,
      since: """
        Resources:
          WebTask:
            Type: AWS::ECS::TaskDefinition
            Properties:
              NetworkMode: awsvpc
              ContainerDefinitions:
                - {Name: web, Image: "web:1", Environment: [{Name: API_URL, Value: "http://api"}]}
          Web:
            Type: AWS::ECS::Service
            Properties:
              TaskDefinition: !Ref WebTask
              ServiceConnectConfiguration: {Enabled: true, Namespace: shop}
        """),
    cdk: """
      ```ts
      web.forceNewDeployment('api-is-there');
      (web.node.defaultChild as ecs.CfnService).addDependency(api.node.defaultChild as ecs.CfnService);
      ```

      Without an argument `forceNewDeployment` takes the time, so that every synthesis deploys the service again.
      """,
    urgency: """
      Yes: it is this very deployment after which the client does not find the server. The order alone does not mend it,
      since CloudFormation makes no update from `DependsOn`, and a deployment without the order may begin too early.
      """,
    cost: """
      One deployment of the client, which starts when the server is stable. A text that you change by hand deploys it once
      and not again. Outside of the template `aws ecs update-service --force-new-deployment` does the same, after the
      stack.
      """,
    falseAlarms: """
      A client that gets a new image, a new variable or anything else in its task definition is deployed and not
      reported; nor is one that is new itself, whose order [client-before-server](client-before-server.md) looks at.
      Values are compared after references and defaults are filled in: another spelling of the same is no change. A client
      that a pipeline always deploys anew afterwards is a case for a suppression with that reason.
      """,
    sources: [
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html",
      "https://github.com/aws/containers-roadmap/issues/2692",
      "https://github.com/aws/copilot-cli/issues/3519",
    ])
}
