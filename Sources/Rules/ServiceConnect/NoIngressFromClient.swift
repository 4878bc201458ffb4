import Deployment
import Diagnostics
import Services

/// A client and a server with security groups of their own, and no rule that lets the one reach the endpoint of the other:
/// the name resolves, and the connection times out.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html
struct NoIngressFromClient: Rule {
  static let description = RuleDescription(
    id: "no-ingress-from-client", severity: .error, group: .serviceConnect,
    summary: "no security-group rule lets the client reach the endpoint's port")

  func check(_ change: Change) -> [Diagnostic] {
    guard !change.pairs.isEmpty else { return [] }
    let reader = RefusalReader(change.new)
    return change.pairs.compactMap { pair in
      for connection in pair.connections {
        guard let refusal = reader.refusal(of: pair.client, at: connection.endpoint) else { continue }
        return diagnostic(pair, connection.endpoint, refusal, change)
      }
      return nil
    }
  }

  private func diagnostic(_ pair: Pair, _ endpoint: Endpoint, _ refusal: Refusal, _ change: Change) -> Diagnostic {
    let group = change.new.group
    let notes = PairNotes(pair: pair)
    let groups = refusal.server.map { id in
      Diagnostic.Note(.hasNoRule(group[id].logicalID, pair.client, endpoint), at: group.location(of: id))
    }
    return Diagnostic(
      rule: Self.description.id, severity: pair.relationBefore == nil && refusal.isComplete ? .error : .warning,
      .timesOut(pair, endpoint, refusal, change), at: pair.client.location, service: pair.client.logicalID,
      construct: pair.client.constructPath, notes: notes.evidence + groups + [notes.server],
      fix: Fix(summary: "\(Diagnostic.Message.letIn(pair, endpoint, refusal, change))"), identity: pair.identity)
  }
}

extension Diagnostic.Message {
  fileprivate static func timesOut(_ pair: Pair, _ endpoint: Endpoint, _ refusal: Refusal, _ change: Change) -> Self {
    let group = change.new.group
    let groups = refusal.server.map { group[$0].logicalID }.joined(separator: " or ")
    let port = endpoint.ingressPort.map { " on port \($0)" } ?? ""
    let doubt = refusal.isComplete ? "" : ", unless a stack that imports \(groups) adds one"
    return """
      \(pair.client.logicalID) cannot reach \(endpoint.display): no rule of \(groups) of \(pair.server.logicalID) lets \
      its tasks in\(port), so connections time out (504 upstream request timeout)\(doubt)
      """
  }

  fileprivate static func hasNoRule(_ group: String, _ client: Service, _ endpoint: Endpoint) -> Self {
    let port = endpoint.ingressPort.map { " on port \($0)" } ?? ""
    return "\(group) has no rule that lets \(client.logicalID) in\(port)"
  }

  fileprivate static func letIn(_ pair: Pair, _ endpoint: Endpoint, _ refusal: Refusal, _ change: Change) -> Self {
    let (client, server) = (refusal.client[0], refusal.server[0])
    let names = (client: change.new.group[client].logicalID, server: change.new.group[server].logicalID)
    let port = endpoint.ingressPort.map(String.init) ?? "<port>"
    guard client.stack == server.stack || change.new.group.stacks[server.stack].isSynthesised else {
      return "let \(names.client) reach port \(port) of \(names.server) by an AWS::EC2::SecurityGroupIngress"
    }
    let id = "\(pair.server.logicalID)From\(pair.client.logicalID)"
    let rule = change.language(of: server).text(
      yaml: "\(id): {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !GetAtt \(names.server).GroupId, "
        + "SourceSecurityGroupId: !GetAtt \(names.client).GroupId, IpProtocol: tcp, FromPort: \(port), ToPort: \(port)}}",
      json: #""\#(id)": {"Type": "AWS::EC2::SecurityGroupIngress", "Properties": {"GroupId": {"Fn::GetAtt": "#
        + #"["\#(names.server)", "GroupId"]}, "SourceSecurityGroupId": {"Fn::GetAtt": ["\#(names.client)", "GroupId"]}, "#
        + #""IpProtocol": "tcp", "FromPort": \#(port), "ToPort": \#(port)}}"#,
      app: "server.connections.allowFrom(client, ec2.Port.tcp(\(port)))")
    return "let \(names.client) in: `\(rule)`"
  }
}

extension NoIngressFromClient {
  static let manual = RuleManual(
    finds: """
      A client and a server in Service Connect, each with security groups of its own that the templates create, where no
      rule of the server's groups lets in a group of the client on the port that the proxy of the server listens on: the
      `IngressPortOverride`, else the port of the container. That is not the port of the alias.
      """,
    effect: """
      The name resolves and the connection hangs: a time-out, `504`, `upstream request timeout`. Service Connect needs
      the same rules as any other connection between two tasks, and the CDK adds none for it.
      """,
    example: .template(
      """
       Resources:
         Namespace:
           Type: AWS::ServiceDiscovery::HttpNamespace
           Properties: {Name: shop}
         ApiGroup:
           Type: AWS::EC2::SecurityGroup
           Properties: {GroupDescription: api, VpcId: vpc-0a1b2c3d}
         WebGroup:
           Type: AWS::EC2::SecurityGroup
           Properties: {GroupDescription: web, VpcId: vpc-0a1b2c3d}
      +  ApiFromWeb:
      +    Type: AWS::EC2::SecurityGroupIngress
      +    Properties:
      +      GroupId: !GetAtt ApiGroup.GroupId
      +      SourceSecurityGroupId: !GetAtt WebGroup.GroupId
      +      IpProtocol: tcp
      +      FromPort: 8080
      +      ToPort: 8080
         ApiTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - Name: api
                 Image: example/api:1
                 PortMappings: [{Name: api, ContainerPort: 8080}]
         Api:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref ApiTask
             NetworkConfiguration:
               AwsvpcConfiguration: {Subnets: [subnet-0a1b2c3d], SecurityGroups: [!GetAtt ApiGroup.GroupId]}
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: !GetAtt Namespace.Arn
               Services: [{PortName: api, ClientAliases: [{DnsName: api, Port: 80}]}]
         WebTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - Name: web
                 Image: example/web:1
                 Environment: [{Name: API_URL, Value: "http://api"}]
         Web:
           Type: AWS::ECS::Service
           DependsOn: [Api]
           Properties:
             TaskDefinition: !Ref WebTask
             NetworkConfiguration:
               AwsvpcConfiguration: {Subnets: [subnet-0a1b2c3d], SecurityGroups: [!GetAtt WebGroup.GroupId]}
             ServiceConnectConfiguration: {Enabled: true, Namespace: !GetAtt Namespace.Arn}
      """),
    cdk: """
      ```ts
      api.connections.allowFrom(web, ec2.Port.tcp(8080));
      ```

      Together with `web.node.addDependency(api)` this closes a circle of security groups: order the two services alone
      ([construct-dependency-cycle](construct-dependency-cycle.md)).
      """,
    urgency: """
      Yes, for a connection that is new: an *error*. Where the pair was there before the change, somebody may have added
      the rule by hand, and where a group is exported another stack may add one: a *warning*.
      """,
    cost:
      "Nothing. A separate `AWS::EC2::SecurityGroupIngress` closes no circle between two groups, rules inside of them may.",
    falseAlarms: """
      Nothing is said where a rule of the server may cover the client without naming its group: a range of addresses or a
      prefix list on that port, a group by a parameter or an import. Nor where one of the groups is not created in the
      templates, where both services share a group, or where a nested stack or a custom resource that cannot be read gets
      the server's group. Services in bridge mode have no groups of their own.
      """,
    sources: [
      "https://github.com/aws/aws-cdk/issues/26973",
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html",
    ])
}
