import Deployment
import Diagnostics
import Services

/// The services of a picture as a Mermaid flowchart: an arrow from each client to each server it connects to, dashed
/// and red where nothing orders the two and the client needs it.
///
/// https://mermaid.js.org/syntax/flowchart.html
struct Mermaid {
  private let picture: DeploymentPicture
  private var lines = ["flowchart LR"]
  /// The links to colour, by their number in the chart.
  private var missing: [Int] = []
  private var linkCount = 0

  init(_ picture: DeploymentPicture) {
    self.picture = picture
    for (index, model) in picture.models.enumerated() { draw(model, prefix: "g\(index)") }
    if !missing.isEmpty {
      lines.append("  linkStyle \(missing.map(String.init).joined(separator: ",")) stroke:#d1242f,color:#d1242f")
    }
  }

  var text: String { lines.map { $0 + "\n" }.joined() }

  private mutating func draw(_ model: ServiceModel, prefix: String) {
    let connections = model.connections.filter { picture.shows(model[$0.client].name.path) }
    let ends = Set(connections.flatMap { [$0.client, $0.server] })
    let services = model.services.filter { picture.shows($0.name.path) || ends.contains($0.id) }
    guard !services.isEmpty else { return }
    let names = Dictionary(uniqueKeysWithValues: services.enumerated().map { ($1.id, "\(prefix)s\($0)") })
    for (stack, members) in Dictionary(grouping: services, by: \.id.stack).sorted(by: { $0.key < $1.key }) {
      let title = model.group.stacks[stack].name ?? model.group.stacks[stack].template.path.description
      lines.append("  subgraph \(prefix)t\(stack)[\(Mermaid.quoted(title))]")
      for service in members { lines.append("    \(names[service.id] ?? "")[\(Mermaid.quoted(service.logicalID))]") }
      lines.append("  end")
    }
    for connection in connections {
      guard let client = names[connection.client], let server = names[connection.server] else { continue }
      // Other names than those of Service Connect come right by themselves.
      let isMissing =
        connection.mechanism == .serviceConnect && [.none, .reversed, .cycle].contains(connection.relation)
      let label = Mermaid.quoted(
        isMissing ? "\(connection.endpoint.display), \(connection.relation.label)" : connection.endpoint.display)
      lines.append("  \(client) \(isMissing ? "-.->" : "-->")|\(label)| \(server)")
      if isMissing { missing.append(linkCount) }
      linkCount += 1
    }
  }

  /// A label in which nothing is markup: everything but letters, digits and a few harmless signs is an entity code.
  private static func quoted(_ text: String) -> String {
    let safe = text.unicodeScalars.reduce(into: "") { result, scalar in
      let isPlain =
        scalar.properties.isAlphabetic || " .,:-_/".unicodeScalars.contains(scalar)
        || ("0"..."9").contains(scalar)
      result += isPlain ? String(scalar) : "#\(scalar.value);"
    }
    return "\"\(safe)\""
  }
}

extension Waits.Relation {
  /// What the arrow of a connection that is not in order says.
  fileprivate var label: String {
    switch self {
    case .none: "not ordered"
    case .reversed: "reversed"
    case .cycle: "circle"
    case .implicit, .explicit, .stack, .unknown: rawValue
    }
  }
}
