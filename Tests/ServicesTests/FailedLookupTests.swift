import Services
import Support
import Testing

/// Hosts that a client names and does not find.
@Suite struct FailedLookupTests {
  @Test(arguments: [
    ("Environment: [{Name: DB_HOST, Value: mysql}]", "mysql"),
    ("Environment: [{Name: DB, Value: 'mysql:3306'}]", "mysql:3306"),
    ("Environment: [{Name: DB_HOST, Value: mysql}, {Name: DB_PORT, Value: 3306}]", "mysql:3306"),
    ("Command: [sh, -c, 'mysqladmin -h mysql -P 3306 ping']", "mysql:3306"),
    (#"Environment: [{Name: CFG, Value: '{"db": {"host": "mysql"}}'}]"#, "mysql"),
  ])
  func clientOutsideOfServiceConnect(container: String, name: String) throws {
    #expect(try Shop(container: container, client: "Cluster: a").failures() == ["Web notConnected \(name) of Db"])
  }

  @Test(arguments: [
    // Words, names of others, and what another task resolves.
    ("Environment: [{Name: DB, Value: mysql}]", ""),
    ("Environment: [{Name: PUBLIC_URL, Value: 'http://api:8080'}]", ""),
    ("DockerLabels: {upstream: 'http://api:8080'}", ""),
    ("Links: ['sidecar:api'], Environment: [{Name: API_URL, Value: 'http://api:8080'}]", ""),
    // A port that nobody may compare.
    ("Environment: [{Name: API_URL, Value: !Sub 'http://web:${Env}'}]", ""),
    // Names of DNS.
    (
      "Environment: [{Name: API_URL, Value: 'http://api:8080'}]",
      "R: {Type: AWS::Route53::RecordSet, Properties: {Name: api., Type: A, HostedZoneId: Z}}"
    ),
    (
      "Environment: [{Name: API_URL, Value: 'http://api:8080'}]",
      "V: {Type: AWS::AppMesh::VirtualService, Properties: {VirtualServiceName: api, MeshName: m}}"
    ),
  ])
  func silence(container: String, resources: String) throws {
    #expect(try Shop(container: container, resources: resources, client: "Cluster: a").failures().isEmpty)
  }

  /// Ways in which a client may be in Service Connect after all.
  @Test(arguments: [
    "ServiceConnectConfiguration: {Enabled: !Ref Env, Namespace: shop}",
    "ServiceConnectConfiguration: !If [C, {Enabled: true, Namespace: shop}, !Ref AWS::NoValue]",
    "ServiceConnectConfiguration: {Enabled: true, Namespace: !Ref Env}",
    "ServiceConnectConfiguration: {Enabled: true, Namespace: 'arn:aws:servicediscovery:eu:1:namespace/ns-1'}",
    "Fn::Transform: {Name: Connect}",
  ])
  func clientThatMayBeConnected(client: String) throws {
    let shop = Shop(container: "Environment: [{Name: DB_HOST, Value: mysql}]", client: client)
    #expect(try shop.failures().isEmpty)
  }

  @Test func clientInAnotherNamespace() throws {
    var shop = Shop(
      container: "Environment: [{Name: DB_HOST, Value: mysql}]",
      client: "ServiceConnectConfiguration: {Enabled: true, Namespace: office}")
    #expect(try shop.failures() == ["Web otherNamespace mysql of Db"])
    // A template that was not read may hold a server of that namespace.
    shop.resources = "Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 'https://s3/x.yaml'}}"
    #expect(try shop.failures().isEmpty)
  }

  @Test(arguments: [
    ("Environment: [{Name: DB_HOST, Value: 'mysql:3307'}]", ["Web otherPort mysql:3307 of Db"]),
    ("Environment: [{Name: DB_URL, Value: 'jdbc:mysql://mysql:13306/x'}]", ["Web otherPort mysql:13306 of Db"]),
    ("Environment: [{Name: DB_HOST, Value: mysql}, {Name: DB_PORT, Value: 3307}]", ["Web otherPort mysql:3307 of Db"]),
    ("Command: [app, --db-host, 'mysql:3307']", ["Web otherPort mysql:3307 of Db"]),
    // A number of another kind, a tag, a URL without a port.
    ("Command: [wait-for, --host, mysql, '30']", []), ("Environment: [{Name: X, Value: 'mysql:8'}]", []),
    ("Environment: [{Name: API_URL, Value: 'http://api'}]", []),
    ("Environment: [{Name: DB_HOST, Value: mysql}, {Name: DB_PORT, Value: !Ref Env}]", []),
  ])
  func port(container: String, expected: [String]) throws {
    #expect(try Shop(container: container).failures() == expected)
  }

  /// Only what a schedule or the like runs is known to be outside of services.
  @Test(arguments: [
    (
      "Rule: {Type: AWS::Events::Rule, Properties: {Targets: [{Id: a, Arn: b, EcsParameters: {TaskDefinitionArn: !Ref Job}}]}}",
      true
    ),
    (
      "Pipe: {Type: AWS::Pipes::Pipe, Properties: {TargetParameters: {EcsTaskParameters: {TaskDefinitionArn: !Ref Job}}}}",
      true
    ),
    (
      "Step: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {Resource: 'arn:aws:states:::ecs:runTask.sync', T: !Ref Job}}}",
      true
    ),
    ("Run: {Type: 'Custom::AWS', Properties: {Create: !Sub '{\"action\": \"runTask\", \"task\": \"${Job}\"}'}}", true),
    (
      "Step: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {Resource: 'arn:aws:states:::lambda:invoke', T: !Ref Job}}}",
      false
    ),
    (
      "Rule: {Type: AWS::Events::Rule, Properties: {State: DISABLED, Targets: [{Id: a, EcsParameters: {TaskDefinitionArn: !Ref Job}}]}}",
      false
    ),
  ])
  func taskWithoutAService(runner: String, isFound: Bool) throws {
    let job = """
      Job:
        Type: AWS::ECS::TaskDefinition
        Properties: {ContainerDefinitions: [{Name: job, Environment: [{Name: DB, Value: 'mysql:3306'}]}]}
      """
    #expect(
      try Shop(resources: "\(job)\n\(runner)").failures() == (isFound ? ["Job notConnected mysql:3306 of Db"] : []))
  }
}
