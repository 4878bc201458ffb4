import Diagnostics
import Support
import Templates
import Testing

@testable import Linter

/// Stacks that only the configuration orders.
@Suite struct JoinedStackTests {
  /// Rows, and the order that is found between client and server.
  @Test(arguments: [
    ("[]", [], ["stacks-not-ordered"]),
    ("[[server, client]]", ["stack"], []),
    ("[[infra/server.yaml, infra/client.yaml]]", ["stack"], []),
    ("[[server, other, client]]", ["stack"], []),
    ("[[server, other], [other, client]]", ["stack"], []),
    ("[[client, server]]", ["reversed"], ["reversed-order"]),
    ("[[other, client], [other, server]]", ["none"], ["stacks-not-ordered"]),
    ("[[server], [client]]", [], ["stacks-not-ordered"]),
  ])
  func rowsOrderStacks(rows: String, orders: [String], rules: [String]) throws {
    let report = try report("stacks: \(rows)", files)
    #expect(report.connections.map(\.order) == orders)
    #expect(report.diagnostics.map(\.rule) == rules)
    #expect(report.services.total == 2)
  }

  /// A stack of an assembly brings those that go to the same environment.
  @Test func stacksOfAnAssemblyHaveNames() throws {
    var files = files
    files["infra/server.yaml"] = nil
    files["cdk.out/Server.template.json"] = JoinedStackTests.server
    files["cdk.out/manifest.json"] = """
      {"version": "99.0.0", "artifacts": {"Server": {"type": "aws:cloudformation:stack", "environment": "aws://1/eu",
        "properties": {"templateFile": "Server.template.json", "stackName": "shop-server"}}}}
      """
    for name in ["shop-server", "cdk.out/Server.template.json"] {
      let report = try report("stacks: [[\(name), client]]", files)
      #expect(report.connections.map(\.order) == ["stack"])
    }
    #expect(throws: RunError.self) { try report("stacks: [[Server.template, client]]", files) }
  }

  @Test(arguments: [
    ("[[serve, client]]", ".precede.yml:1:11: there is no stack 'serve'"),
    ("[[README, client]]", ".precede.yml:1:11: there is no stack 'README'"),
    ("[[server, double]]", ".precede.yml:1:19: 'double' may be each of a/double.yaml, b/double.yaml"),
  ])
  func namesMustMeanOneStack(rows: String, reason: String) {
    var files = files
    for folder in ["a", "b"] { files[Path("\(folder)/double.yaml")] = JoinedStackTests.other }
    let error = #expect(throws: RunError.self) { try report("stacks: \(rows)", files) }
    #expect(error?.reason == reason)
  }

  /// On the old side there may be less than the rows name.
  @Test func aNewStackIsJudgedWithTheOldOnes() throws {
    var old = files
    old["infra/client.yaml"] = nil
    let found = try report("stacks: [[client, server]]", files, old: old, changed: ["infra/client.yaml"])
    #expect(found.diagnostics.map { "\($0.status) \($0.rule)" } == ["new reversed-order"])
    #expect(Set(found.services.affected.map(\.logicalID)) == ["WordPress", "MySql"])
  }

  @Test(arguments: [
    ("services.yaml", true), ("v2/services.yaml", true), ("https://b.s3.amazonaws.com/v2/services.yaml", true),
    ("v1/services.yaml", false), ("vices.yaml", false), ("x/v2/services.yaml", false),
  ])
  func anAddressEndsLikeAnEntry(url: String, matches: Bool) throws {
    let configuration = try Configuration(
      Array("nested: [{url: \"\(url)\", file: infra/a.yaml}]".utf8), path: ".precede.yml")
    let found = configuration.nested.file(endingIn: ["v2", "services.yaml"])
    #expect(found == (matches ? "infra/a.yaml" : nil))
  }

  private func report(
    _ configuration: String, _ files: [Path: String], old: [Path: String]? = nil, changed: [Path]? = nil
  ) throws -> Report {
    var policy = Policy()
    policy.configuration = try Configuration(Array(configuration.utf8), path: ".precede.yml")
    let snapshot = { (files: [Path: String]) in MemorySnapshot(files: files.mapValues { Array($0.utf8) }) }
    let paths = changed ?? files.keys.sorted()
    var run = try Run(
      Comparison(
        scope: .init(mode: "all", base: nil, head: "WORKTREE"), old: old.map(snapshot), new: snapshot(files),
        paths: paths),
      Screen(old == nil ? .everything : .change, policy: policy, base: policy))
    for path in paths { run.look(at: path) }
    return try run.report(narrowedBy: PathFilter(paths: []))
  }

  private let files: [Path: String] = [
    "infra/server.yaml": server, "infra/client.yaml": client, "infra/other.yaml": other, "README.md": "Resources:",
  ]
  private static let other = "Resources: {Topic: {Type: AWS::SNS::Topic}}"
  private static let server = """
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
            Namespace: shop
            Services: [{PortName: mysql, ClientAliases: [{DnsName: mysql, Port: 3306}]}]
    """
  private static let client = """
    Resources:
      Task:
        Type: AWS::ECS::TaskDefinition
        Properties: {ContainerDefinitions: [{Name: blog, Environment: [{Name: DB, Value: "mysql:3306"}]}]}
      WordPress:
        Type: AWS::ECS::Service
        Properties:
          TaskDefinition: !Ref Task
          ServiceConnectConfiguration: {Enabled: true, Namespace: shop}
    """
}
