import Deployment
import Diagnostics
import Services
import Templates

extension Suppression {
  /// The suppressions that stand in the templates of a group: in `Metadata` of a resource, and in comments.
  static func all(in model: ServiceModel) -> [Suppression] {
    var seen: Set<Path> = []
    return model.group.stacks.map(\.template).filter { seen.insert($0.path).inserted }.flatMap { template in
      template.resources.flatMap { inMetadata(of: $0, template) } + SuppressionComment.all(in: template)
    }
  }

  /// `Metadata: {Precede: {Suppress: [{Rule: …, Server: …, Reason: …}]}}`
  private static func inMetadata(of resource: Resource, _ template: Template) -> [Suppression] {
    guard let node = resource.body["Metadata"]?["Precede"]?["Suppress"] else { return [] }
    let holder = Report.Resource(path: template.path, logicalID: resource.logicalID)
    return (node.kind == .sequence ? Array(node.elements) : [node]).map { entry in
      Suppression(
        rule: entry["Rule"]?.text ?? "", client: entry["Client"]?.text, server: entry["Server"]?.text,
        reason: entry["Reason"]?.text ?? "", until: entry["Until"]?.text.flatMap { CalendarDate($0) },
        location: template.location(of: entry),
        holders: [holder], fault: fault(of: entry))
    }
  }

  private static func fault(of entry: Node) -> String? {
    guard entry.kind == .mapping else { return "it is no mapping of Rule, Server and Reason" }
    let known = ["Rule", "Client", "Server", "Reason", "Until"]
    for (key, value) in entry.entries {
      guard let name = key.text, known.contains(name) else { return "it has an unknown key \(key.text ?? "")" }
      guard value.kind == .scalar else { return "its \(name) is no text" }
    }
    if let until = entry["Until"]?.text, CalendarDate(until) == nil {
      return "its Until \(until) is no date such as 2027-03-01"
    }
    return fault(rule: entry["Rule"]?.text ?? "", reason: entry["Reason"]?.text ?? "")
  }

  /// What every suppression needs.
  static func fault(rule: String, reason: String) -> String? {
    if rule.isEmpty { return "it names no rule" }
    if !RuleSeverities.ids.contains(rule) { return "there is no rule \(rule)" }
    return reason.contains { !$0.isWhitespace } ? nil : "it gives no reason"
  }
}
