import Diagnostics
import Support
import Templates
import Testing

@testable import Linter

/// A client in one nested stack and a server in another, tied together in every way that templates know.
@Suite struct NestedStackTests {
  /// How the parent names its children, and where they lie.
  @Test(arguments: [
    ("server.yaml", "client.yaml", "parent.yaml"),
    ("./server.yaml", "./client.yaml", "infra/parent.yaml"),
    ("../server.yaml", "../client.yaml", "infra/parent.yaml"),
    ("https://s3.amazonaws.com/bucket/v1/server.yaml", "https://s3.amazonaws.com/bucket/v1/client.yaml", "parent.yaml"),
    ("https://${Bucket}.s3.amazonaws.com/server.yaml", "https://${Bucket}.s3.amazonaws.com/client.yaml", "parent.yaml"),
  ])
  func childrenAreFound(server: String, client: String, parent: String) throws {
    let folder = server.hasPrefix("./") ? "infra/" : ""
    let report = try report([
      Path(parent): NestedStackTests.parent(server, client), Path("\(folder)server.yaml"): NestedStackTests.server,
      Path("\(folder)client.yaml"): NestedStackTests.client,
    ])
    #expect(report.connections.map(\.order) == ["none"])
    #expect(report.diagnostics.map(\.rule) == ["stacks-not-ordered"])
    let isAssumed = report.diagnostics.first?.notes.contains { $0.message.text.contains("taken to be") } ?? false
    #expect(isAssumed == server.contains("://"))
  }

  @Test func anAddressThatFitsTwoFilesIsNotFollowed() throws {
    let report = try report([
      "parent.yaml": NestedStackTests.parent("https://s3.amazonaws.com/b/x/server.yaml", "client.yaml"),
      "one/server.yaml": NestedStackTests.server, "two/server.yaml": NestedStackTests.server,
      "client.yaml": NestedStackTests.client,
    ])
    #expect(report.connections.isEmpty)
  }

  /// What ties the two stack resources together in the parent.
  @Test(arguments: [
    ("", "none", ["stacks-not-ordered"]),
    ("    DependsOn: Server\n", "stack", []),
    ("    DependsOn: [Bridge]\n", "stack", []),
    ("    Metadata: {A: !GetAtt Server.Outputs.Name}\n", "stack", []),
  ])
  func orderIsLifted(attribute: String, order: String, rules: [String]) throws {
    let report = try report([
      "parent.yaml": NestedStackTests.parent("server.yaml", "client.yaml", client: attribute),
      "server.yaml": NestedStackTests.server, "client.yaml": NestedStackTests.client,
    ])
    #expect(report.connections.map(\.order) == [order])
    #expect(report.diagnostics.map(\.rule) == rules)
  }

  @Test func theServersStackMayWaitForTheClients() throws {
    let report = try report([
      "parent.yaml": NestedStackTests.parent("server.yaml", "client.yaml", server: "    DependsOn: Client\n"),
      "server.yaml": NestedStackTests.server, "client.yaml": NestedStackTests.client,
    ])
    #expect(report.diagnostics.map(\.rule) == ["reversed-order"])
  }

  @Test func valuesComeThroughParametersAndOutputs() throws {
    let client = NestedStackTests.client.replacing("mysql:3306", with: "${Host}:3306")
    let parent = NestedStackTests.parent("server.yaml", "client.yaml").replacing(
      "Parameters: {Namespace: !GetAtt Ns.Arn, Of: client}",
      with: "Parameters: {Namespace: !GetAtt Ns.Arn, Of: client, Host: !GetAtt Server.Outputs.Name}")
    let report = try report(["parent.yaml": parent, "server.yaml": NestedStackTests.server, "client.yaml": client])
    #expect(report.connections.map(\.endpoint) == ["mysql:3306"])
    #expect(report.connections.map(\.order) == ["stack"])
  }

  @Test func childrenThatNeverExistTogetherAreNoPair() throws {
    let parent = NestedStackTests.parent(
      "server.yaml", "client.yaml", client: "    Condition: Prod\n", server: "    Condition: Test\n")
    let report = try report([
      "parent.yaml": parent, "server.yaml": NestedStackTests.server, "client.yaml": NestedStackTests.client,
    ])
    #expect(report.connections.isEmpty)
  }

  /// A change of a child alone is judged in the deployment of its parent, which did not change.
  @Test func aChangedChildFindsItsParent() throws {
    let files: [Path: String] = [
      "infra/parent.yaml": NestedStackTests.parent("server.yaml", "client.yaml"),
      "infra/server.yaml": NestedStackTests.server, "infra/client.yaml": NestedStackTests.client,
    ]
    var old = files
    old["infra/client.yaml"] = NestedStackTests.client.replacing("mysql:3306", with: "localhost:3306")
    let report = try report(files, old: old, changed: ["infra/client.yaml"])
    #expect(
      report.diagnostics.map { "\($0.status) \($0.rule) \($0.location.path)" } == [
        "new stacks-not-ordered infra/client.yaml"
      ])
  }

  @Test func aTemplateThatNestsItselfEnds() throws {
    let text = """
      Resources:
        Me: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: me.yaml}}
        Service: {Type: AWS::ECS::Service}
      """
    #expect(try report(["me.yaml": text]).services.total == 1)
  }

  @Test func anApplicationOfSAMIsANestedStack() throws {
    let parent = NestedStackTests.parent("server.yaml", "client.yaml")
      .replacing("AWS::CloudFormation::Stack", with: "AWS::Serverless::Application")
      .replacing("TemplateURL", with: "Location")
    let report = try report([
      "parent.yaml": parent, "server.yaml": NestedStackTests.server, "client.yaml": NestedStackTests.client,
    ])
    #expect(report.diagnostics.map(\.rule) == ["stacks-not-ordered"])
  }

  private func report(
    _ files: [Path: String], old: [Path: String]? = nil, changed: [Path]? = nil
  ) throws -> Report {
    let snapshot = { (files: [Path: String]) in MemorySnapshot(files: files.mapValues { Array($0.utf8) }) }
    let paths = changed ?? files.keys.sorted()
    var run = Run(
      Comparison(
        scope: .init(mode: "all", base: nil, head: "WORKTREE"), old: old.map(snapshot), new: snapshot(files),
        paths: paths))
    for path in paths { run.look(at: path) }
    return try run.report(narrowedBy: PathFilter(paths: []))
  }

  private static func parent(
    _ serverURL: String, _ clientURL: String, client: String = "", server: String = ""
  ) -> String {
    """
    Parameters: {Bucket: {Type: String}, Stage: {Type: String, AllowedValues: [prod, test]}}
    Conditions: {Prod: !Equals [!Ref Stage, prod], Test: !Equals [!Ref Stage, test]}
    Resources:
      Ns: {Type: AWS::ServiceDiscovery::HttpNamespace, Properties: {Name: shop}}
      Server:
        Type: AWS::CloudFormation::Stack
    \(server)    Properties:
          TemplateURL: !Sub '\(serverURL)'
          Parameters: {Namespace: !GetAtt Ns.Arn, Of: server}
      Client:
        Type: AWS::CloudFormation::Stack
    \(client)    Properties:
          TemplateURL: !Sub '\(clientURL)'
          Parameters: {Namespace: !GetAtt Ns.Arn, Of: client}
      Bridge: {Type: Custom::Bridge, DependsOn: Server}

    """
  }

  private static let server = """
    Parameters: {Namespace: {Type: String}, Of: {Type: String}}
    Resources:
      Task:
        Type: AWS::ECS::TaskDefinition
        Properties: {ContainerDefinitions: [{Name: db, PortMappings: [{Name: mysql, ContainerPort: 3306}]}]}
      MySql:
        Type: AWS::ECS::Service
        Properties:
          TaskDefinition: !Ref Task
          ServiceConnectConfiguration:
            Enabled: true
            Namespace: !Ref Namespace
            Services: [{PortName: mysql, ClientAliases: [{DnsName: mysql, Port: 3306}]}]
    Outputs: {Name: {Value: mysql}}
    """

  private static let client = """
    Parameters: {Namespace: {Type: String}, Of: {Type: String}, Host: {Type: String, Default: none}}
    Resources:
      Task:
        Type: AWS::ECS::TaskDefinition
        Properties: {ContainerDefinitions: [{Name: blog, Environment: [{Name: DB, Value: !Sub 'mysql:3306'}]}]}
      WordPress:
        Type: AWS::ECS::Service
        Properties:
          TaskDefinition: !Ref Task
          ServiceConnectConfiguration: {Enabled: true, Namespace: !Ref Namespace}
    """
}
