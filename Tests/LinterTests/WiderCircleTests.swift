import Diagnostics
import Support
import Templates
import Testing

@testable import Linter

/// Services of several root templates of one repository, which nothing ties together but a namespace.
@Suite struct WiderCircleTests {
  @Test func aNewServerFindsItsClientElsewhere() throws {
    let client = template(client: "mysql:3306")
    let report = try report(
      old: ["client.yaml": client, "server.yaml": template()],
      new: ["client.yaml": client, "server.yaml": template(server: "mysql")], changed: ["server.yaml"])
    #expect(described(report) == ["notice client-not-redeployed client.yaml"])
  }

  @Test func aRemovedEndpointFindsItsClientElsewhere() throws {
    let client = template(client: "mysql:3306")
    let report = try report(
      old: ["client.yaml": client, "server.yaml": template(server: "mysql")],
      new: ["client.yaml": client, "server.yaml": template(server: "db")], changed: ["server.yaml"])
    #expect(described(report) == ["notice endpoint-renamed client.yaml"])
  }

  @Test func whatChangesNoEndpointReadsNothingElse() throws {
    let client = template(client: "mysql:3306")
    let server = template(server: "mysql")
    let report = try report(
      old: ["client.yaml": client, "server.yaml": server],
      new: ["client.yaml": client, "server.yaml": server.replacing("Image: one", with: "Image: two")],
      changed: ["server.yaml"])
    #expect(report.diagnostics.isEmpty)
    #expect(report.templates.read == 1)
  }

  @Test func copiesForSeveralEnvironmentsStayApart() throws {
    let both = template(server: "mysql", client: "mysql:3306")
    let report = try report(old: [:], new: ["dev.yaml": both, "prod.yaml": both], changed: ["dev.yaml", "prod.yaml"])
    #expect(described(report) == ["error client-before-server dev.yaml", "error client-before-server prod.yaml"])
  }

  @Test func aNameThatTwoServersHaveMeansNeither() throws {
    let files: [Path: String] = [
      "client.yaml": template(client: "mysql:3306"), "one.yaml": template(server: "mysql"),
      "two.yaml": template(server: "mysql"),
    ]
    #expect(try report(old: [:], new: files, changed: files.keys.sorted()).diagnostics.isEmpty)
  }

  @Test func anotherNamespaceIsNotLookedInto() throws {
    let files: [Path: String] = [
      "client.yaml": template(client: "mysql:3306").replacing("Namespace: shop", with: "Namespace: other"),
      "server.yaml": template(server: "mysql"),
    ]
    #expect(try report(old: [:], new: files, changed: files.keys.sorted()).diagnostics.isEmpty)
  }

  @Test func aLookAtEverythingTellsEachPairOnce() throws {
    let files: [Path: String] = [
      "client.yaml": template(client: "mysql:3306"), "server.yaml": template(server: "mysql"),
    ]
    let report = try report(old: nil, new: files, changed: files.keys.sorted())
    #expect(described(report) == ["notice stacks-not-ordered client.yaml"])
  }

  /// What another template nests is no root, even where nothing in it shows that.
  @Test(arguments: [("", ["error stacks-not-ordered client.yaml"]), ("DependsOn: Server, ", [])])
  func nestedStacksAreJudgedWithTheirParent(order: String, found: [String]) throws {
    let files = family(order)
    #expect(described(try report(old: nil, new: files, changed: files.keys.sorted())) == found)
    // What is nested counts once.
    #expect(try report(old: nil, new: files, changed: files.keys.sorted()).services.total == 4)
  }

  @Test func aNewEndpointInANestedStackFindsItsClientInTheSiblings() throws {
    let files = family("DependsOn: Server, ")
    var old = files
    old["server.yaml"] = template()
    let report = try report(old: old, new: files, changed: ["server.yaml"])
    #expect(described(report) == ["error client-not-redeployed client.yaml"])
  }

  @Test func templatesThatNestEachOtherAreStillJudged() throws {
    let nest = { (name: String) in
      "  Nested: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: \(name)}}\n"
    }
    let files: [Path: String] = [
      "one.yaml": template(server: "mysql", client: "mysql:3306") + nest("two.yaml"),
      "two.yaml": template() + nest("one.yaml"),
    ]
    let report = try report(old: nil, new: files, changed: files.keys.sorted())
    #expect(report.diagnostics.contains { $0.rule == "client-before-server" && $0.severity == .error })
  }

  private func family(_ order: String) -> [Path: String] {
    [
      "client.yaml": template(client: "mysql:3306"), "server.yaml": template(server: "mysql"),
      "shop.yaml": """
      Resources:
        Server: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: ./server.yaml}}
        Client: {Type: 'AWS::CloudFormation::Stack', \(order)Properties: {TemplateURL: ./client.yaml}}

      """,
    ]
  }

  private func described(_ report: Report) -> [String] {
    report.diagnostics.map { "\($0.severity) \($0.rule) \($0.location.path)" }
  }

  private func report(old: [Path: String]?, new: [Path: String], changed: [Path]) throws -> Report {
    let snapshot = { (files: [Path: String]) in MemorySnapshot(files: files.mapValues { Array($0.utf8) }) }
    var run = Run(
      Comparison(
        scope: .init(mode: old == nil ? "all" : "range", base: nil, head: "new"), old: old.map(snapshot),
        new: snapshot(new), paths: changed))
    for path in changed { run.look(at: path) }
    return try run.report(narrowedBy: PathFilter(paths: []))
  }

  private func template(server: String? = nil, client: String? = nil) -> String {
    var text =
      "Resources:\n  Other: {Type: 'AWS::ECS::Service', Properties: {ServiceConnectConfiguration: {Enabled: true, Namespace: shop}}}\n"
    if let server {
      text += """
          ServerTask:
            Type: AWS::ECS::TaskDefinition
            Properties: {ContainerDefinitions: [{Name: db, Image: one, PortMappings: [{Name: p, ContainerPort: 3306}]}]}
          Server:
            Type: AWS::ECS::Service
            Properties:
              TaskDefinition: !Ref ServerTask
              ServiceConnectConfiguration:
                Enabled: true
                Namespace: shop
                Services: [{PortName: p, ClientAliases: [{DnsName: \(server), Port: 3306}]}]

        """
    }
    if let client {
      text += """
          ClientTask:
            Type: AWS::ECS::TaskDefinition
            Properties: {ContainerDefinitions: [{Name: web, Environment: [{Name: DB_HOST, Value: '\(client)'}]}]}
          Client:
            Type: AWS::ECS::Service
            Properties:
              TaskDefinition: !Ref ClientTask
              ServiceConnectConfiguration: {Enabled: true, Namespace: shop}

        """
    }
    return text
  }
}
