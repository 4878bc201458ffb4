import Diagnostics
import Support
import Templates
import Testing

@testable import Linter

/// Cloud assemblies with a client and a server in stacks of their own.
@Suite struct AssemblyTests {
  /// The dependencies and the environment of the client's stack.
  @Test(arguments: [
    ("[\"Base\"]", "aws://1/eu", ["none"]),
    ("[\"Base\", \"Server\"]", "aws://1/eu", ["stack"]),
    ("[\"Other\"]", "aws://1/eu", ["stack"]),
    ("[\"Base\"]", "aws://2/eu", []),
  ])
  func stacksAreOrderedByTheManifest(dependencies: String, environment: String, orders: [String]) throws {
    let report = try report(manifest(dependencies, environment))
    #expect(report.connections.map(\.order) == orders)
    #expect(report.diagnostics.map(\.rule) == (orders == ["none"] ? ["stacks-not-ordered"] : []))
  }

  @Test func aTemplateThatTheManifestNamesMustBeThere() throws {
    let report = try report(manifest("[]", "aws://1/eu"), without: "cdk.out/Server.template.json")
    #expect(report.diagnostics.map(\.rule) == ["unreadable-template"])
  }

  @Test func aManifestOfSomethingElseIsNone() throws {
    let report = try report("{\"name\": \"app\", \"manifest_version\": 3}")
    // Templates of their own, then: nothing tells their order.
    #expect(report.diagnostics.map { "\($0.severity) \($0.rule)" } == ["notice stacks-not-ordered"])
  }

  private func report(_ manifest: String, without missing: Path? = nil) throws -> Report {
    var files: [Path: String] = [
      "cdk.out/manifest.json": manifest, "cdk.out/Base.template.json": base, "cdk.out/Server.template.json": server,
      "cdk.out/Other.template.json": "{\"Resources\": {\"A\": {\"Type\": \"A::B\"}}}",
      "cdk.out/Client.template.json": client,
    ]
    if let missing { files[missing] = nil }
    let paths = files.keys.sorted()
    var run = Run(
      Comparison(
        scope: .init(mode: "all", base: nil, head: "WORKTREE"), old: nil,
        new: MemorySnapshot(files: files.mapValues { Array($0.utf8) }), paths: paths))
    for path in paths { run.look(at: path) }
    return try run.report(narrowedBy: PathFilter(paths: []))
  }

  private func manifest(_ dependencies: String, _ environment: String) -> String {
    func stack(_ name: String, _ dependencies: String, _ environment: String = "aws://1/eu") -> String {
      """
      "\(name)": {"type": "aws:cloudformation:stack", "environment": "\(environment)",
        "properties": {"templateFile": "\(name).template.json"}, "dependencies": \(dependencies)}
      """
    }
    return """
      {"version": "99.0.0", "artifacts": {\(stack("Base", "[]")), \(stack("Server", "[\"Base\"]")),
        \(stack("Other", "[\"Server\"]")), \(stack("Client", dependencies, environment)), "Tree": {"type": "cdk:tree"}}}
      """
  }

  private let base = """
    {"Resources": {"Ns": {"Type": "AWS::ServiceDiscovery::HttpNamespace", "Properties": {"Name": "shop"}}},
     "Outputs": {"Ns": {"Value": {"Fn::GetAtt": ["Ns", "Arn"]}, "Export": {"Name": "base-ns"}}}}
    """
  private let server = """
    {"Resources": {"Task": {"Type": "AWS::ECS::TaskDefinition", "Properties": {"ContainerDefinitions":
      [{"Name": "db", "PortMappings": [{"Name": "mysql", "ContainerPort": 3306}]}]}},
     "MySql": {"Type": "AWS::ECS::Service", "Properties": {"TaskDefinition": {"Ref": "Task"},
     "ServiceConnectConfiguration": {"Enabled": true, "Namespace": {"Fn::ImportValue": "base-ns"}, "Services":
      [{"PortName": "mysql", "ClientAliases": [{"DnsName": "mysql", "Port": 3306}]}]}}}}}
    """
  private let client = """
    {"Resources": {"Task": {"Type": "AWS::ECS::TaskDefinition", "Properties": {"ContainerDefinitions":
      [{"Name": "blog", "Environment": [{"Name": "DB_HOST", "Value": "mysql:3306"}]}]}},
     "WordPress": {"Type": "AWS::ECS::Service", "Properties": {"TaskDefinition": {"Ref": "Task"},
     "ServiceConnectConfiguration": {"Enabled": true, "Namespace": {"Fn::ImportValue": "base-ns"}}}}}}
    """
}
