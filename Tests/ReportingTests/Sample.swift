import Diagnostics

/// A report made by hand that has something of everything a report can have.
enum Sample {
  static let report = Report(
    scope: .init(mode: "range", base: "9fceb02d0ae598e95dc970b74767f19372d61af8", head: "INDEX"),
    templates: .init(changed: 2, read: 5, skipped: [.init(path: "big.yaml", reason: "too-large")]),
    services: .init(
      total: 12,
      affected: ["WordPress", "MySql", "Worker"].map { .init(path: services, logicalID: $0) }),
    connections: [
      .init(
        client: .init(path: services, logicalID: "WordPress"),
        server: .init(path: services, logicalID: "MySql"),
        endpoint: "mysql:3306", mechanism: "service-connect", order: "none", strength: "certain",
        evidence: [
          .init(
            kind: "environment", name: "WORDPRESS_DB_HOST",
            location: location(63, 20, to: 30, "          Value: mysql:3306")),
          .init(kind: "command", name: nil, location: location(58, 9, to: 20, in: latin)),
        ])
    ],
    diagnostics: fingerprinted([
      clientBeforeServer, unreadable, healthCheck, wide, known, minified, latinNotice,
    ]),
    resolved: fingerprinted([
      Diagnostic(
        rule: "dependency-cycle", severity: .error, "gone", at: location(7, 3, to: 9), service: "Gone",
        identity: ["gone"])
    ]))

  static let services: Path = "infra/services.yaml"
  static let latin = Path(bytes: Array("infra/caf".utf8) + [0xe9] + Array(".json".utf8))

  static let clientBeforeServer = Diagnostic(
    rule: "client-before-server", severity: .error,
    "WordPress may start before MySql: its tasks will not resolve mysql:3306 until WordPress is deployed again",
    at: location(41, 3, to: 12, "  WordPress:"), service: "WordPress",
    notes: [
      .init("WORDPRESS_DB_HOST names the endpoint here", at: location(63, 20, to: 30)),
      .init("deployed at the same time as MySql", at: location(41, 3, to: 12)),
      .init("MySql is declared here", at: location(12, 3, to: 8)),
    ],
    fix: Fix(
      summary: "add MySql to DependsOn of WordPress: `DependsOn: [MySql]`",
      edits: [
        .init(
          path: services,
          range: SourceRange(start: .init(line: 42, column: 1), end: .init(line: 42, column: 1)),
          text: "    DependsOn: [MySql]\n", line: "    Type: AWS::ECS::Service")
      ]),
    identity: ["infra/services.yaml", "WordPress", "MySql", "mysql:3306"])

  private static let unreadable = Diagnostic(
    rule: "unreadable-template", severity: .error, "The template is empty",
    at: Location(path: "empty.yaml", range: .fileStart), identity: ["empty.yaml"])

  private static let healthCheck = Diagnostic(
    rule: "server-without-health-check", severity: .warning,
    "MySql is ready before it can answer: 100%, at once",
    at: Location(
      path: "cdk.out/App, first: one.template.json",
      range: SourceRange(start: .init(line: 120, column: 5), end: .init(line: 131, column: 6)),
      line: "    \"MySql\": {"),
    service: "MySql", construct: "Services/MySql/Service",
    fix: Fix(summary: "add a health check:\nHealthCheck:\n\tCommand: [CMD, mysqladmin, ping]\n"),
    identity: ["cdk.out/App.template.json", "MySql"])

  private static let wide = Diagnostic(
    rule: "client-before-server", severity: .warning, "日本 may start before e\u{301}té",
    at: location(9, 6, to: 10, "\t日本: [👩 e\u{301}té, 100]"), service: "日本",
    identity: ["infra/services.yaml", "日本"])

  private static let known = {
    var diagnostic = Diagnostic(
      rule: "client-before-server", severity: .notice, "Worker may start before Queue",
      at: location(77, 3, to: 9, "  Worker:"), service: "Worker", identity: ["infra/services.yaml", "Worker"])
    diagnostic.status = .existing
    return diagnostic
  }()

  private static let minified = Diagnostic(
    rule: "dependency-cycle", severity: .notice, "Web and Api wait for each other",
    at: Location(
      path: "mini.json",
      range: SourceRange(start: .init(line: 1, column: 402), end: .init(line: 1, column: 407)),
      line: String(repeating: "{\"a\":[1,2,", count: 40) + "\"Web\":1" + String(repeating: "]}", count: 40)),
    identity: ["mini.json", "Web"])

  private static let latinNotice = Diagnostic(
    rule: "client-before-server", severity: .notice, "Latin may start before Greek",
    at: location(3, 1, to: 1, "", in: latin), identity: ["latin"])

  static func location(
    _ line: Int, _ column: Int, to end: Int, _ text: String? = nil, in path: Path = services
  ) -> Location {
    Location(
      path: path,
      range: SourceRange(start: .init(line: line, column: column), end: .init(line: line, column: end)),
      line: text)
  }

  static func report(_ diagnostics: [Diagnostic]) -> Report {
    Report(
      scope: .init(mode: "all", base: nil, head: "WORKTREE"), templates: .init(), services: .init(),
      diagnostics: fingerprinted(diagnostics))
  }

  private static func fingerprinted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var diagnostics = diagnostics
    Fingerprint.assign(to: &diagnostics)
    return diagnostics
  }
}
