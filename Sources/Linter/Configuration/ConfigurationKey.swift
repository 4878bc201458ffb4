import Diagnostics

/// A key of `.precede.yml`: what it is for, an example, and how it is read. The table is the one list of keys; reader and
/// documentation both come from it.
struct ConfigurationKey: Sendable {
  let name: String
  /// Sentences for the documentation.
  let summary: String
  /// Lines of YAML.
  let example: String
  /// The fields of each entry, where the value is a list of mappings.
  var fields: [Field] = []
  let read: @Sendable (ConfigurationNode, inout Configuration) throws -> Void

  /// A field of an entry.
  struct Field: Sendable {
    let name: String
    let summary: String
    var isNeeded = false
    /// Why an entry is refused without it.
    var why: String?
  }

  static let all: [ConfigurationKey] = [
    templates, exclude, baseline, rules, connections, nested, stacks, suppress,
  ]
}

extension ConfigurationKey {
  private static let templates: Self = .init(
    name: "templates",
    summary: """
      The files to look at; without it every file that is a template. Paths from the top, with `*` and `?` inside a \
      name, `**` across folders, and `{a,b}`. A file that this names must be readable, and may have any ending where \
      the pattern ends in one.
      """,
    example: #"templates: ["infra/**", "cdk.out/**"]"#
  ) { node, configuration in configuration.files.templates = try node.patterns() }

  private static let exclude: Self = .init(
    name: "exclude",
    summary: "The files to leave out. A template that another one nests is still read.",
    example: #"exclude: ["**/examples/**"]"#
  ) { node, configuration in configuration.files.excluded = try node.patterns() }

  private static let baseline: Self = .init(
    name: "baseline",
    summary:
      "The file of known diagnostics, which are left out. `precede check --all --write-baseline FILE` writes it.",
    example: "baseline: .precede-baseline.json"
  ) { node, configuration in configuration.baseline = try node.text() }

  private static let rules: Self = .init(
    name: "rules",
    summary: """
      The severity of a rule, or of all rules of a group: `off`, `notice`, `warning` or `error`. Of a rule with several \
      severities it is the highest that it may have. A rule counts before its group, and `--rule` before both.
      """,
    example: """
      rules:
        implicit-order: off
        startup: warning
      """
  ) { node, configuration in
    for (key, name, value) in try node.mapping() {
      guard RuleSeverities.names.contains(name) else {
        throw key.unknown("rule", name, among: RuleSeverities.names)
      }
      let word = try value.word(among: RuleSeverities.Level.allCases.map(\.rawValue))
      configuration.rules[name] = RuleSeverities.Level(rawValue: word)
    }
  }

  private static let connections: Self = .init(
    name: "connections",
    summary: "Connections that the templates do not show, and connections that need no order.",
    example: """
      connections:
        - {client: WordPress, server: MySql}
        - {client: Web, server: Api, order: ignored, reason: retries until it resolves}
      """,
    fields: [
      Field(name: "client", summary: "service name, logical ID or construct path", isNeeded: true),
      Field(name: "server", summary: "service name, logical ID or construct path", isNeeded: true),
      Field(name: "order", summary: "`ignored` when the client may start first"),
      Field(name: "reason", summary: "why, for people"),
    ]
  ) { node, configuration in
    configuration.connections = try node.list().map { entry in
      let fields = try entry.fields(connections.fields)
      _ = try fields["order"]?.word(among: ["ignored"])
      return Configuration.Connection(
        client: try entry.text("client", fields), server: try entry.text("server", fields),
        ignoresOrder: fields["order"] != nil, reason: try fields["reason"]?.text().text, location: entry.location)
    }
  }

  private static let nested: Self = .init(
    name: "nested",
    summary: "Which file the `TemplateURL` of a nested stack stands for, when it is an address in S3.",
    example: """
      nested:
        - {url: services.yaml, file: infra/services.yaml}
      """,
    fields: [
      Field(name: "url", summary: "the end of the address", isNeeded: true),
      Field(name: "file", summary: "a path from the top", isNeeded: true),
    ]
  ) { node, configuration in
    configuration.nested = try node.list().map { entry in
      let fields = try entry.fields(nested.fields)
      return Configuration.NestedFile(
        url: try entry.text("url", fields).text, file: try entry.text("file", fields))
    }
  }

  private static let stacks: Self = .init(
    name: "stacks",
    summary: """
      The order in which a pipeline deploys stacks, a row for each sequence. A stack is named by the path of its root \
      template, by that file's name without the ending, or by its name in a cloud assembly.
      """,
    example: """
      stacks:
        - [network, data, services]
      """
  ) { node, configuration in
    configuration.stacks = try node.list().map { row in try row.list().map { try $0.text() } }
  }

  private static let suppress: Self = .init(
    name: "suppress",
    summary: """
      Diagnostics that are not reported, because of what the reason says. The same can stand in a template, as metadata or \
      as a comment.
      """,
    example: """
      suppress:
        - {rule: client-before-server, client: Web, server: Api, reason: Web retries, until: 2027-03-01}
      """,
    fields: [
      Field(name: "rule", summary: "the id of a rule", isNeeded: true),
      Field(name: "client", summary: "service name, logical ID or construct path; without it every client"),
      Field(name: "server", summary: "service name, logical ID or construct path; without it every server"),
      Field(
        name: "reason", summary: "why this is no fault here", isNeeded: true,
        why: "say why this is no fault here"),
      Field(name: "until", summary: "the last day on which it counts"),
    ]
  ) { node, configuration in
    configuration.suppressions = try node.list().map { entry in
      let fields = try entry.fields(suppress.fields)
      let ids = RuleSeverities.ids
      let rule = try entry.text("rule", fields)
      guard ids.contains(rule.text) else { throw (fields["rule"] ?? entry).unknown("rule", rule.text, among: ids) }
      return Suppression(
        rule: rule.text, client: try fields["client"]?.text().text, server: try fields["server"]?.text().text,
        reason: try entry.text("reason", fields).text, until: try fields["until"]?.date(), location: entry.location)
    }
  }
}

extension ConfigurationNode {
  /// A field that is needed, so that it is there.
  fileprivate func text(_ name: String, _ fields: [String: ConfigurationNode]) throws(RunError) -> Configuration.Placed
  {
    guard let field = fields[name] else { throw fault("\(self.name) needs '\(name)'") }
    return try field.text()
  }
}
