import Deployment
import Diagnostics
import Services

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The picture as JSON, for programs: `precede graph --format json`.
struct GraphDocument: Encodable {
  let version = 1
  var resources: [ResourceEntry] = []
  var dependencies: [DependencyEntry] = []
  var connections: [ConnectionEntry] = []
  var waves: [[Name]] = []

  struct Name: Encodable, Hashable {
    let path: String
    let logicalID: String

    init(_ name: Report.Resource) {
      path = name.path.description
      logicalID = name.logicalID
    }
  }

  /// 1-based; the column counts Unicode scalars.
  struct Position: Encodable {
    let line: Int
    let column: Int

    init(_ location: Location) {
      line = location.range.start.line
      column = location.range.start.column
    }
  }

  struct ResourceEntry: Encodable {
    let path: String
    let logicalID: String
    let type: String
    let start: Position
  }

  /// `from` waits for `to`.
  struct DependencyEntry: Encodable {
    let from: Name
    let to: Name
    let kind: String
    let start: Position
  }

  struct ConnectionEntry: Encodable {
    let client: Name
    let server: Name
    let endpoint: String
    let mechanism: String
    let order: String
    let strength: String
    let evidence: [EvidenceEntry]
  }

  /// A place that shows a connection; 1-based, the column counts Unicode scalars.
  struct EvidenceEntry: Encodable {
    let kind: String
    let name: String?
    let path: String
    let line: Int
    let column: Int
  }
}

extension GraphDocument {
  init(_ picture: DeploymentPicture) {
    for model in picture.models {
      let shown = { (id: ResourceID) in picture.shows(model.group.template(of: id).path) }
      let name = { (id: ResourceID) in Name(picture.name(id, in: model)) }
      for id in model.group.resourceIDs where shown(id) {
        resources.append(ResourceEntry(id, model))
      }
      for (stack, member) in model.group.stacks.enumerated() where picture.shows(member.template.path) {
        // Every pair once for each kind, at its first place.
        var seen: Set<[String]> = []
        for edge in member.graph.dependencies
        where seen.insert(["\(edge.from)", "\(edge.to)", edge.kind.rawValue]).inserted {
          dependencies.append(
            DependencyEntry(
              from: name(ResourceID(stack: stack, index: edge.from)),
              to: name(ResourceID(stack: stack, index: edge.to)), kind: edge.kind.rawValue,
              start: Position(member.template.location(of: edge.range))))
        }
      }
      connections += model.connections.filter { shown($0.client) }.map { connection in
        ConnectionEntry(
          client: name(connection.client), server: name(connection.server), endpoint: connection.endpoint.display,
          mechanism: connection.mechanism.rawValue, order: connection.relation.rawValue,
          strength: connection.strength.rawValue, evidence: connection.evidence.map(EvidenceEntry.init))
      }
      for (step, wave) in model.order.waves.enumerated() {
        if step == waves.count { waves.append([]) }
        waves[step] += wave.filter(shown).map(name)
      }
    }
  }

  /// One line break at the end; the same picture gives the same bytes.
  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // Encoding plain strings and numbers cannot fail.
    guard let data = try? encoder.encode(self) else { preconditionFailure("a graph is always valid JSON") }
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}

extension GraphDocument.ResourceEntry {
  fileprivate init(_ id: ResourceID, _ model: ServiceModel) {
    let resource = model.group[id]
    path = model.group.template(of: id).path.description
    logicalID = resource.logicalID
    type = resource.type
    start = GraphDocument.Position(model.group.location(of: id))
  }
}

extension GraphDocument.EvidenceEntry {
  fileprivate init(_ evidence: Evidence) {
    kind = evidence.kind.rawValue
    name = evidence.name
    path = evidence.location.path.description
    line = evidence.location.range.start.line
    column = evidence.location.range.start.column
  }
}
