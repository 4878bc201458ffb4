import Deployment
import Diagnostics
import Services

/// A client and a server in two stacks that nothing orders: neither the manifest of the cloud assembly nor an import, nor
/// the stack resources of a parent.
struct StacksNotOrdered: Rule {
  static let description = RuleDescription(
    id: "stacks-not-ordered", severity: .error, group: .order,
    summary: "a client and a server it connects to, in two stacks that are not ordered", spansRoots: true)

  func check(_ change: Change) -> [Diagnostic] {
    change.pairs.filter { $0.fault == .unorderedStacks }.map { pair in
      let notes = PairNotes(pair: pair)
      let stacks = StackPair(pair, change.new.group)
      return Diagnostic(
        rule: Self.description.id, severity: pair.isNew ? .error : .warning, .notOrdered(pair, stacks),
        at: pair.client.location, service: pair.client.logicalID, construct: pair.client.constructPath,
        notes: notes.evidence + [notes.server] + stacks.assumptions.map { .init(.assumed, at: $0) },
        fix: stacks.fix, identity: pair.identity)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func notOrdered(_ pair: Pair, _ stacks: StackPair) -> Self {
    let client = pair.client.logicalID
    let reason =
      stacks.lifted.map { "in \(stacks.parent) \($0.client) does not wait for \($0.server)" }
      ?? "stack \(stacks.client) is not deployed after stack \(stacks.server)"
    let base = """
      \(client) may start before \(pair.server.logicalID): \(reason), so its tasks will not resolve \
      \(pair.endpoint.display) until \(client) is deployed again
      """
    let safe =
      "; this update is safe because \(pair.server.logicalID) is already there, a first deployment elsewhere is not"
    return "\(pair.wasPublished ? base + safe : base)"
  }

  fileprivate static var assumed: Self { "the template of this nested stack is taken to be the file of that name" }
}

extension StacksNotOrdered {
  static let manual = RuleManual(
    finds: """
      A client and a server in two stacks that nothing orders. Looked at are the `dependencies` in the manifest of a cloud
      assembly, exports with their `Fn::ImportValue`, the rows of `stacks:` in the configuration, and for nested stacks
      `DependsOn` and references between their `AWS::CloudFormation::Stack` resources in the nearest common parent.
      """,
    effect: """
      Nested stacks without a link are made in parallel, stacks of a CDK app in whatever order the tool takes. If the
      client's stack comes first, its tasks do not resolve the server's name (`getaddrinfo ENOTFOUND`, `Could not resolve
      host`) until the client is deployed again. No template shows the order between the stacks of a CDK app; it stands in
      `manifest.json`, so a pipeline that deploys the templates without it loses that order too.
      """,
    example: .files([
      .init(
        "shop.yaml",
        """
         Resources:
           ApiStack:
             Type: AWS::CloudFormation::Stack
             Properties: {TemplateURL: ./api.yaml, Parameters: {Namespace: shop}}
           WebStack:
             Type: AWS::CloudFormation::Stack
        +    DependsOn: [ApiStack]
             Properties: {TemplateURL: ./web.yaml, Parameters: {Namespace: shop}}
        """),
      .init(
        "api.yaml",
        """
         Parameters:
           Namespace: {Type: String}
         Resources:
           Task:
             Type: AWS::ECS::TaskDefinition
             Properties:
               NetworkMode: awsvpc
               ContainerDefinitions:
                 - {Name: api, Image: "api:1", PortMappings: [{Name: api, ContainerPort: 8080}]}
           Api:
             Type: AWS::ECS::Service
             Properties:
               TaskDefinition: !Ref Task
               ServiceConnectConfiguration:
                 Enabled: true
                 Namespace: !Ref Namespace
                 Services: [{PortName: api, ClientAliases: [{DnsName: api, Port: 80}]}]
        """),
      .init(
        "web.yaml",
        """
         Parameters:
           Namespace: {Type: String}
         Resources:
           Task:
             Type: AWS::ECS::TaskDefinition
             Properties:
               NetworkMode: awsvpc
               ContainerDefinitions:
                 - {Name: web, Image: "web:1", Environment: [{Name: API_URL, Value: "http://api"}]}
           Web:
             Type: AWS::ECS::Service
             Properties:
               TaskDefinition: !Ref Task
               ServiceConnectConfiguration: {Enabled: true, Namespace: !Ref Namespace}
        """),
    ]),
    cdk: """
      Between two stacks, or two nested stacks, of one stage:

      ```ts
      webStack.addDependency(apiStack);
      ```

      Between stacks of different stages the CDK refuses it (`dependency cannot cross stage boundaries`); there the
      pipeline orders the stages, and `stacks:` in the configuration tells Precede how.
      """,
    urgency: """
      Yes, if the client, the server, the endpoint or the connection is new in the change: an *error*. What was so before
      is a *warning*, with the status `existing`. Two templates that nothing ties together, neither a parent nor an
      assembly nor a row of `stacks:`, get a *notice* at most: nobody knows whether they are deployed to one place.
      """,
    cost: """
      The client's stack begins when the server's stack is complete, all of it. Where that is too long, move the two
      services into one stack and order only them.
      """,
    falseAlarms: """
      Stacks of different accounts or regions are kept apart, and so are a `dev.yaml` and a `prod.yaml` that share a
      literal namespace. An order that only a pipeline knows cannot be seen: write it into `stacks:`. A nested template in
      S3 is not read unless `nested:` names its file.
      """,
    sources: [
      "https://github.com/aws/aws-cdk/issues/1635",
      "https://github.com/aws/aws-cdk/pull/1583",
      "https://github.com/aws/aws-cdk/pull/5211",
      "https://github.com/aws/aws-cdk/issues/17725",
      "https://github.com/aws-amplify/amplify-cli/issues/2645",
    ])
}
