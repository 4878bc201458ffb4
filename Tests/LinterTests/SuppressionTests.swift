import Diagnostics
import Rules
import Support
import Templates
import Testing

@testable import Linter

/// A suppression silences exactly the diagnostics it names, wherever it stands.
@Suite struct SuppressionTests {
  private static let clients = ["Web", "Worker", "Admin"]
  private static let servers = ["Api", "Cache", "Database"]

  /// Some of the names: all pairs that they allow are silenced and no other.
  @Test(arguments: 0..<40) func inTheConfiguration(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let entries = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
      (
        client: Bool.random(using: &generator) ? Self.clients.randomElement(using: &generator) : nil,
        server: Bool.random(using: &generator) ? Self.servers.randomElement(using: &generator) : nil
      )
    }
    let lines = entries.map { entry in
      let names = [
        entry.client.map { "client: \(name($0, &generator))" }, entry.server.map { "server: \(name($0, &generator))" },
      ]
      return
        "  - {\((["rule: client-before-server", "reason: so"] + names.compactMap(\.self)).joined(separator: ", "))}\n"
    }
    let found = try pairs(configuration: "suppress:\n" + lines.joined())
    let expected = Self.allPairs.filter { pair in
      !entries.contains { ($0.client ?? pair[0]) == pair[0] && ($0.server ?? pair[1]) == pair[1] }
    }
    #expect(found == expected, "seed \(seed)")
  }

  @Test(arguments: clients, servers) func inMetadata(client: String, server: String) throws {
    let suppression = "{Rule: client-before-server, Server: \(server), Reason: so}"
    let metadata = "    Metadata: {Precede: {Suppress: [\(suppression)]}}\n"
    #expect(try pairs(metadata: [client: metadata]) == Self.allPairs.filter { $0 != [client, server] })
    // On the server it is about nothing.
    #expect(try pairs(metadata: [server: metadata]) == Self.allPairs)
  }

  @Test(arguments: clients) func inAComment(client: String) throws {
    let comment = "  # precede: ignore client-before-server they retry\n"
    #expect(try pairs(comments: [client: comment]) == Self.allPairs.filter { $0[0] != client })
    #expect(
      try pairs(comments: [client: "  # precede: ignore implicit-order so\n" + comment])
        == Self.allPairs.filter { $0[0] != client })
    #expect(try pairs(comments: [client: comment + "\n"]) == Self.allPairs)
    #expect(try pairs(comments: [client: comment.replacing("they retry", with: "")]) == Self.allPairs)
    #expect(try pairs(comments: [client: comment.replacing("before", with: "after")]) == Self.allPairs)
  }

  /// What is said of a comment that is of no use, with everything in order.
  @Test(arguments: [
    (
      "ignore implicit-order they retry\n",
      "the suppression of implicit-order for Web matches nothing and can be removed"
    ),
    ("ignore implicit-order\n", "the suppression of implicit-order for Web does not count: it gives no reason"),
    ("ignore implicit they retry\n", "the suppression of implicit for Web does not count: there is no rule implicit"),
    ("ignore\n", "the suppression for Web does not count: it names no rule"),
    (
      "allow implicit-order so\n",
      "the suppression of implicit-order for Web does not count: it is not followed by ignore"
    ),
    (
      "ignore implicit-order so\n\n",
      "the suppression of implicit-order does not count: the next line begins no resource"
    ),
  ])
  func commentsOfNoUseAreTold(comment: String, message: String) throws {
    let found = try outcome(comments: ["Web": "  # precede: " + comment]).report.diagnostics
    #expect(found.filter { $0.rule == "unused-suppression" }.map(\.message.text) == [message])
  }

  /// A line of a scalar is no comment, however it looks.
  @Test(arguments: ["|\n", "\"\n", "'\n"]) func inAScalar(opening: String) throws {
    let close = opening.hasPrefix("|") ? "" : opening.prefix(1)
    let text =
      "  Note:\n    Type: A::B\n    Metadata: \(opening)      text\n      # precede: ignore client-before-server so\(close)\n"
    #expect(try pairs(comments: ["Web": text]) == Self.allPairs)
    #expect(try outcome(comments: ["Web": text]).report.diagnostics.allSatisfy { $0.rule == "client-before-server" })
  }

  @Test func linesMayEndAsOnWindows() throws {
    let comment = "  # precede: ignore client-before-server they retry\n"
    let text = template([:], ["Web": comment]).replacing("\n", with: "\r\n")
    let found = try outcome(text).report.diagnostics
    #expect(found.count == 6 && found.allSatisfy { $0.service != "Web" })
  }

  @Test(arguments: [
    "{Server: Api, Reason: so}", "{Rule: client-before-server, Server: Api}",
    "{Rule: client-before-server, Reason: ' '}",
    "{Rule: client-before-server, Reason: so, Until: soon}", "{Rule: client-before-server, Reason: so, Sever: Api}",
    "{Rule: client-before-server, Reason: [so]}", "client-before-server", "{Rule: order, Reason: so}",
  ])
  func whatIsNotAsItMustBeSilencesNothing(entry: String) throws {
    let metadata = "    Metadata: {Precede: {Suppress: [\(entry)]}}\n"
    #expect(try pairs(metadata: ["Web": metadata]) == Self.allPairs)
    let found = try outcome(metadata: ["Web": metadata]).report.diagnostics
    let says = found.filter {
      $0.rule == "unused-suppression" || $0.notes.contains { $0.message.text.contains("does not count") }
    }
    #expect(!says.isEmpty)
  }

  /// The last day counts.
  @Test(arguments: [("2026-05-01", true), ("2026-05-02", true), ("2026-05-03", false)])
  func theLastDayCounts(today: String, counts: Bool) throws {
    var settings = Settings()
    settings.today = try #require(CalendarDate(today))
    let outcome = try outcome(
      configuration: "suppress: [{rule: client-before-server, reason: so, until: 2026-05-02}]", settings: settings)
    let rules = Set(outcome.report.diagnostics.map(\.rule))
    #expect(rules == (counts ? [] : ["client-before-server", "expired-suppression"]))
  }

  /// What only a change could show is not called superfluous by a look at everything.
  @Test(arguments: RuleSet.descriptions.map(\.id)) func whatNobodyCouldMatchIsNotUnused(rule: String) throws {
    let found = try outcome("", "suppress: [{rule: \(rule), reason: so}]").report.diagnostics
    let needsChange = ["app-not-synthesised", "stale-assembly"].contains(rule)
    let description = try #require(RuleSet.descriptions.first { $0.id == rule })
    let tells = !needsChange && !description.needsOldSide && description.severity != nil
    #expect(found.map(\.rule) == (tells ? ["unused-suppression"] : []))
  }

  @Test func fingerprintsDoNotDependOnSuppressions() throws {
    let all = try outcome().report.diagnostics
    let some = try outcome(configuration: "suppress: [{rule: client-before-server, client: Web, reason: so}]").report
      .diagnostics
    #expect(Set(some.map(\.fingerprint)).isSubset(of: all.map(\.fingerprint)))
    #expect(some.count == 6)
  }

  private static let allPairs = clients.flatMap { client in servers.map { [client, $0] } }

  /// Client and server of what is found.
  private func pairs(
    configuration: String = "", metadata: [String: String] = [:], comments: [String: String] = [:]
  ) throws -> [[String]] {
    let found = try outcome(configuration: configuration, metadata: metadata, comments: comments).report.diagnostics
      .filter { $0.rule == "client-before-server" }.map { [$0.identity[1], $0.identity[3]] }
    return Self.allPairs.filter(found.contains)
  }

  /// One of the names of a service.
  private func name(_ service: String, _ generator: inout SeededGenerator) -> String {
    [service, service.lowercased() + "-service", "App/\(service)/Service", "App/\(service)"].randomElement(
      using: &generator) ?? service
  }

  private func outcome(
    configuration: String = "", metadata: [String: String] = [:], comments: [String: String] = [:],
    settings: Settings = Settings()
  ) throws -> Outcome {
    try outcome(template(metadata, comments), configuration, settings)
  }

  private func outcome(_ text: String, _ configuration: String = "", _ settings: Settings = Settings()) throws
    -> Outcome
  {
    var policy = Policy()
    policy.configuration = try Configuration(Array(configuration.utf8), path: ".precede.yml")
    var run = try Run(
      Comparison(
        scope: .init(mode: "all", base: nil, head: "WORKTREE"), old: nil,
        new: MemorySnapshot(files: ["a.yaml": Array(text.utf8)]), paths: ["a.yaml"]),
      Screen(.everything, policy: policy, base: policy, settings: settings))
    run.look(at: "a.yaml")
    return try run.outcome(narrowedBy: PathFilter(paths: []))
  }

  /// Every client connects to every server, and nothing is ordered.
  private func template(_ metadata: [String: String], _ comments: [String: String]) -> String {
    let clients = Self.clients.map { name in
      let hosts = Self.servers.map { "{Name: \($0), Value: \"\($0.lowercased()):80\"}" }.joined(separator: ", ")
      return service(name, "", hosts, metadata, comments)
    }
    let servers = Self.servers.map { name in
      let host = name.lowercased()
      let services = ", Services: [{PortName: \(host), ClientAliases: [{DnsName: \(host), Port: 80}]}]"
      return service(name, services, "", metadata, comments)
    }
    return "Resources:\n" + (clients + servers).joined()
  }

  private func service(
    _ name: String, _ services: String, _ environment: String, _ metadata: [String: String],
    _ comments: [String: String]
  ) -> String {
    """
      \(name)Task:
        Type: AWS::ECS::TaskDefinition
        Properties:
          ContainerDefinitions:
            - {Name: main, PortMappings: [{Name: \(name.lowercased()), ContainerPort: 80}], Environment: [\(environment)]}
    \(comments[name] ?? "")  \(name):
        Type: AWS::ECS::Service
    \(metadata[name] ?? "    Metadata: {\"aws:cdk:path\": App/\(name)/Service}\n")    Properties:
          ServiceName: \(name.lowercased())-service
          TaskDefinition: !Ref \(name)Task
          ServiceConnectConfiguration: {Enabled: true, Namespace: shop\(services)}

    """
  }
}
