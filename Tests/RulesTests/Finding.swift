import Diagnostics
import Rules

/// A diagnostic without its places and without its fix, which is text to paste in the template's own language.
struct Finding: Hashable {
  let rule: String
  let severity: Severity
  let message: String
  let service: String?
  let identity: [String]
  let notes: [String]

  init(_ diagnostic: Diagnostic) {
    rule = diagnostic.rule
    severity = diagnostic.severity
    message = diagnostic.message.text
    service = diagnostic.service
    identity = diagnostic.identity
    notes = diagnostic.notes.map(\.message.text)
  }

  /// The finding without what depends on which resource comes first: a circle or a group is told from there, and notes go
  /// in the order of the source.
  var inAnyOrder: [String] {
    let isGroup = ["circular-dependency", "construct-dependency-cycle", "mutual-clients", "namespace-race"]
      .contains(rule)
    return ["\(rule) \(severity)"] + identity + (isGroup ? [] : [message, service ?? ""] + notes.sorted())
  }

  /// The service of which a rule says that it does not wait for something it needs.
  var need: String? {
    RuleSet.all.contains { $0 is any NeedRule && type(of: $0).description.id == rule } ? service : nil
  }

  /// The logical IDs of client and server, where the finding is about such a pair in one template.
  var pair: (client: String, server: String)? {
    identity.count == 5 ? (client: identity[1], server: identity[3]) : nil
  }
}

extension Report {
  var findings: [Finding] { diagnostics.map(Finding.init) }

  /// The connections without their places.
  var links: Set<[String]> {
    Set(
      connections.map {
        [$0.client.logicalID, $0.server.logicalID, $0.endpoint, $0.mechanism, $0.order, $0.strength]
      })
  }
}
