import Diagnostics
import Support
import Testing

@testable import Linter

/// What is read from `.precede.yml`, and what is said about what cannot be. `1️⃣` marks the place of the error.
@Suite struct ConfigurationTests {
  @Test func everyKeyIsRead() throws {
    let configuration = try read(
      """
      templates: ["infra/**", "cdk.out/**"]
      exclude: ["**/examples/**"]
      baseline: .precede-baseline.json
      rules:
        implicit-order: off
        startup: warning
      connections:
        - {client: WordPress, server: MySql}
        - {client: Web, server: Api, order: ignored, reason: retries until it resolves}
      nested:
        - {url: services.yaml, file: infra/services.yaml}
      stacks:
        - [network, data, services]
      suppress:
        - {rule: client-before-server, client: Web, server: Api, reason: "…", until: 2027-03-01}
      """)
    #expect(configuration.files.templates?.count == 2)
    #expect(configuration.files.excluded.count == 1)
    #expect(configuration.baseline?.text == ".precede-baseline.json")
    #expect(configuration.rules == ["implicit-order": .off, "startup": .warning])
    #expect(configuration.connections.map(\.client.text) == ["WordPress", "Web"])
    #expect(configuration.connections.map(\.ignoresOrder) == [false, true])
    #expect(configuration.connections.map(\.reason) == [nil, "retries until it resolves"])
    #expect(configuration.nested.map(\.url) == ["services.yaml"])
    #expect(configuration.nested.map(\.file.text) == ["infra/services.yaml"])
    #expect(configuration.stacks.map { $0.map(\.text) } == [["network", "data", "services"]])
    let suppression = try #require(configuration.suppressions.first)
    #expect(suppression.rule == "client-before-server")
    #expect([suppression.client, suppression.server] == ["Web", "Api"])
    #expect(suppression.until == CalendarDate("2027-03-01"))
    #expect(suppression.location.range.start == SourcePosition(line: 15, column: 5))
  }

  @Test(arguments: ["", "\n", "# rules:\n#   implicit-order: off\n", "  # a comment\r\n\r\n", "{}"])
  func nothingIsAConfiguration(text: String) throws {
    #expect(try read(text).rules.isEmpty)
  }

  /// JSON is YAML.
  @Test func jsonIsRead() throws {
    #expect(try read("{\"rules\": {\"order\": \"off\"}}").rules == ["order": .off])
  }

  @Test(
    arguments: [
      ("1️⃣rule:\n  order: off", "unknown key 'rule'", "did you mean 'rules'?"),
      ("1️⃣Rules: {}", "unknown key 'Rules'", "did you mean 'rules'?"),
      ("1️⃣synth: cdk synth", "unknown key 'synth'", nil),
      ("rules: {}\n1️⃣rules: {}", "the key 'rules' occurs twice", nil),
      ("1️⃣- rules", "the configuration must be a mapping", nil),
      ("rules: 1️⃣[]", "'rules' must be a mapping", nil),
      (
        "rules:\n  1️⃣client-before-servers: off", "unknown rule 'client-before-servers'",
        "did you mean 'client-before-server'?"
      ),
      ("rules:\n  1️⃣orders: off", "unknown rule 'orders'", "did you mean 'order'?"),
      ("rules:\n  order: 1️⃣none", "'none' is none of off, notice, warning, error", nil),
      ("rules:\n  order: 1️⃣warn", "'warn' is none of off, notice, warning, error", nil),
      ("rules:\n  order: 1️⃣warnin", "'warnin' is none of off, notice, warning, error", "did you mean 'warning'?"),
      ("rules:\n  order: 1️⃣{}", "'order' must be a text", nil),
      ("templates: 1️⃣infra/**", "'templates' must be a list", nil),
      ("exclude: [a, 1️⃣[b]]", "an entry of 'exclude' must be a text", nil),
      ("exclude: [1️⃣\"{a,b\"]", "the pattern has a '{' without a '}'", nil),
      ("exclude: [1️⃣\"\"]", "an entry of 'exclude' must be a text", nil),
      ("exclude: [1️⃣/]", "a pattern cannot be empty", nil),
      ("baseline: 1️⃣[known.json]", "'baseline' must be a text", nil),
      ("connections: [1️⃣{client: Web}]", "an entry of 'connections' needs 'server'", nil),
      (
        "connections:\n  - {client: Web, server: Api, 1️⃣orders: ignored}", "unknown key 'orders'",
        "did you mean 'order'?"
      ),
      ("connections:\n  - {client: Web, server: Api, order: 1️⃣reversed}", "'reversed' is none of ignored", nil),
      ("connections:\n  - 1️⃣Web", "an entry of 'connections' must be a mapping", nil),
      ("nested: [1️⃣{url: a.yaml}]", "an entry of 'nested' needs 'file'", nil),
      ("nested: [{url: a.yaml, file: 1️⃣[a]}]", "'file' must be a text", nil),
      ("stacks: [1️⃣network]", "an entry of 'stacks' must be a list", nil),
      ("stacks: [[1️⃣{}]]", "an entry of an entry of 'stacks' must be a text", nil),
      ("suppress: [1️⃣{rule: order}]", "an entry of 'suppress' needs 'reason': say why this is no fault here", nil),
      ("suppress: [{rule: 1️⃣order, reason: so}]", "unknown rule 'order'", nil),
      ("suppress: [{rule: implicit-order, reason: 1️⃣\"\"}]", "'reason' must be a text", nil),
      (
        "suppress: [{rule: implicit-order, reason: so, 1️⃣servers: Api}]", "unknown key 'servers'",
        "did you mean 'server'?"
      ),
      (
        "suppress: [{rule: implicit-order, reason: so, until: 1️⃣2027-02-29}]", "'2027-02-29' is no date",
        "dates are written 2027-03-01"
      ),
      (
        "suppress: [{rule: implicit-order, reason: so, until: 1️⃣soon}]", "'soon' is no date",
        "dates are written 2027-03-01"
      ),
      (
        "templates: [*1️⃣.yaml]", "did not find expected alphabetic or numeric character while scanning an alias",
        "put a pattern that begins with '*' into quotes"
      ),
    ] as [(String, String, String?)])
  func errorsHaveTheirPlace(text: String, message: String, hint: String?) throws {
    let marked = Marked(text)
    let place = try #require(marked["1️⃣"])
    let error = #expect(throws: RunError.self) { try read(marked.text) }
    #expect(error?.operation == "read the configuration")
    #expect(error?.reason == ".precede.yml:\(place.line):\(place.column): \(message)")
    #expect(error?.hint == hint)
  }

  /// Every example of the table is a configuration, and every key of the contract stands in it.
  @Test func theExamplesCanBeRead() throws {
    _ = try read(ConfigurationKey.all.map(\.example).joined(separator: "\n"))
    let names = ConfigurationKey.all.map(\.name)
    #expect(names == ["templates", "exclude", "baseline", "rules", "connections", "nested", "stacks", "suppress"])
  }

  /// As it is written it says nothing; with its examples it is all of the table.
  @Test func aConfigurationBeginsWithComments() throws {
    let text = StarterConfiguration.text
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.isEmpty || $0.hasPrefix("# ") || $0.hasPrefix("## ") && $0.count <= 120 })
    let examples = lines.filter { $0.hasPrefix("# ") }.map { $0.dropFirst(2) }.joined(separator: "\n")
    #expect(examples == ConfigurationKey.all.map(\.example).joined(separator: "\n"))
  }

  @Test func theDocumentationIsThatOfTheTable() throws {
    let page = Project.root.appending(path: "docs/configuration.md")
    #expect(try Golden.difference(of: page, to: ConfigurationGuide.markdown) == nil)
  }

  private func read(_ text: String) throws -> Configuration {
    try Configuration(Array(text.utf8), path: ".precede.yml")
  }
}
