import Deployment
import Services
import Templates

/// The dependencies that all rules of a run suggest together: between services first, then on what services need.
/// Pasted one after the other they close no circle, and the last list of a service holds all of them.
struct SuggestedOrder: Sendable {
  private let model: ServiceModel
  /// By service what it is to wait for, without what would close a circle or may not exist.
  private var added: [ResourceID: [ResourceID]] = [:]
  /// Dependencies on what services need that would close a circle with those before them.
  private var refused: Set<[ResourceID]> = []

  /// - Parameter pairs: all pairs of the model, judged by themselves.
  init(_ model: ServiceModel, pairs: [Pair], needs: [UnmetNeed]) {
    self.model = model
    let servers = pairs.filter { $0.fault == .unordered && $0.canBeOrdered }
    for pair in servers where !pair.serverMayBeMissing { add(pair.server.id, to: pair.client.id) }
    guard !needs.isEmpty else { return }
    let ordered = Need.Kind.allCases.flatMap { kind in needs.filter { $0.need.kind == kind } }
    let wanted = ordered.flatMap { unmet in
      unmet.remedies.map { (from: unmet.need.service.id, to: $0.provider.id, condition: $0.condition) }
    }
    let edges = pairs.filter { $0.canBeOrdered && $0.circle == nil }.map { (from: $0.client.id, to: $0.server.id) }
    let closing = model.order.closingCircles(edges + wanted.map { ($0.from, $0.to) })
    for (index, edge) in wanted.enumerated() {
      if closing.contains(edges.count + index) {
        refused.insert([edge.from, edge.to])
      } else if edge.condition == nil {
        add(edge.to, to: edge.from)
      }
    }
  }

  private mutating func add(_ provider: ResourceID, to service: ResourceID) {
    if !(added[service] ?? []).contains(provider) { added[service, default: []].append(provider) }
  }

  /// Whether a service can be let wait for what it needs.
  func canWait(_ service: ResourceID, for provider: ResourceID) -> Bool { !refused.contains([service, provider]) }

  /// The final `DependsOn` of a service, or of another resource that must wait.
  ///
  /// - Parameter other: a resource that belongs into it in any case.
  func dependsOn(of service: ResourceID, with other: ResourceID? = nil) -> DependsOnList {
    let resource = model.group[service]
    let template = model.group.template(of: service)
    let known = resource.dependsOn.map { ([$0] + $0.elements).compactMap(\.text) } ?? []
    var names = known.filter { template[$0] != nil || template.mayHave($0) }
    for id in (added[service] ?? []) + [other].compactMap(\.self) where id.stack == service.stack {
      let name = model.group[id].logicalID
      if !names.contains(name) { names.append(name) }
    }
    return DependsOnList(names: names, isJSON: template.document.text.isJSON)
  }
}

/// A `DependsOn` to paste.
struct DependsOnList {
  let names: [String]
  let isJSON: Bool

  var text: String {
    isJSON
      ? "\"DependsOn\": [" + names.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
      : "DependsOn: [" + names.joined(separator: ", ") + "]"
  }
}
