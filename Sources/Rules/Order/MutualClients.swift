import Deployment
import Diagnostics
import Services

/// Services that connect to each other. No order serves them all, and `DependsOn` both ways is a circle that
/// CloudFormation refuses.
struct MutualClients: Rule {
  static let description = RuleDescription(
    id: "mutual-clients", severity: .error, group: .order, summary: "services that connect to each other")

  func check(_ change: Change) -> [Diagnostic] {
    let circles = Dictionary(grouping: change.pairs.filter { $0.fault == .mutual }) { $0.circle ?? 0 }
    return circles.sorted { $0.key < $1.key }.map { diagnostic($1, change) }
  }

  private func diagnostic(_ pairs: [Pair], _ change: Change) -> Diagnostic {
    let ids = Array(Set(pairs.flatMap { [$0.client.id, $0.server.id] })).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
    let servers = Dictionary(grouping: pairs, by: \.client.id).mapValues { $0.compactMap { numbers[$0.server.id] } }
    let circle = Circle.all(count: ids.count) { servers[ids[$0]] ?? [] }.first
    let way = (circle?.path.map { ids[$0] } ?? ids).map { change.new[$0] }
    return Diagnostic(
      rule: Self.description.id, severity: pairs.contains(where: \.isNew) ? .error : .warning, .circle(way),
      at: way[0].location, service: way[0].logicalID, construct: way[0].constructPath,
      notes: pairs.compactMap { pair in
        pair.connections[0].evidence.first.map { .init(.connects(pair, $0), at: $0.location) }
      },
      fix: Fix(summary: "\(Diagnostic.Message.decide(pairs))"),
      identity: [way[0].name.path.description] + ids.map { change.new[$0].logicalID }.sorted())
  }
}

extension Diagnostic.Message {
  fileprivate static func circle(_ way: [Service]) -> Self {
    let names = way.map(\.logicalID)
    let circle = (names + [names[0]]).joined(separator: " -> ")
    let list = names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
    return """
      \(list) connect to each other (\(circle)): whichever starts first will not resolve the other until it is \
      deployed again
      """
  }

  fileprivate static func connects(_ pair: Pair, _ evidence: Evidence) -> Self {
    "\(evidence.subject) of \(pair.client.logicalID) names \(pair.endpoint.display) of \(pair.server.logicalID) here"
  }

  /// One direction that is ordered already stays; else the first client waits for its server.
  fileprivate static func decide(_ pairs: [Pair]) -> Self {
    let ordered = pairs.first { [.explicit, .implicit, .stack].contains($0.relation) }
    let kept = ordered ?? pairs[0]
    let client = kept.client.logicalID
    let server = kept.server.logicalID
    let order =
      ordered == nil ? "order one direction (`DependsOn: [\(server)]` on \(client))" : "keep \(client) after \(server)"
    return """
      \(order), and declare the other direction under connections: with `order: ignored`; it resolves only when its \
      client is deployed a second time, so let it use a load balancer or Cloud Map DNS where it is needed at the start
      """
  }
}
