import Deployment
import Diagnostics
import Services

/// Services as a Mermaid flowchart: an arrow from each client to each server it connects to, dashed and red where nothing
/// orders the two and the client needs it.
///
/// https://mermaid.js.org/syntax/flowchart.html
struct Mermaid {
  private var lines = ["flowchart LR"]
  /// The links to colour, by their number in the chart.
  private var missing: [Int] = []
  private var linkCount = 0

  /// The services of one stack.
  struct Frame {
    let name: String
    let title: String
    /// By the names that arrows use.
    let services: [(name: String, logicalID: String)]
  }

  struct Arrow {
    let client: String
    let server: String
    let endpoint: String
    /// What is wrong with the order; `nil` when nothing is.
    let fault: String?
  }

  var text: String {
    let red = "  linkStyle \(missing.map(String.init).joined(separator: ",")) stroke:#d1242f,color:#d1242f"
    return (lines + (missing.isEmpty ? [] : [red])).map { $0 + "\n" }.joined()
  }

  mutating func add(_ frames: [Frame], _ arrows: [Arrow]) {
    for frame in frames {
      lines.append("  subgraph \(frame.name)[\(Mermaid.quoted(frame.title))]")
      lines += frame.services.map { "    \($0.name)[\(Mermaid.quoted($0.logicalID))]" }
      lines.append("  end")
    }
    for arrow in arrows {
      let label = Mermaid.quoted(arrow.fault.map { "\(arrow.endpoint), \($0)" } ?? arrow.endpoint)
      lines.append("  \(arrow.client) \(arrow.fault != nil ? "-.->" : "-->")|\(label)| \(arrow.server)")
      if arrow.fault != nil { missing.append(linkCount) }
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

extension Mermaid {
  init(_ picture: DeploymentPicture) {
    for (index, model) in picture.models.enumerated() { draw(model, of: picture, prefix: "g\(index)") }
  }

  private mutating func draw(_ model: ServiceModel, of picture: DeploymentPicture, prefix: String) {
    let connections = model.connections.filter { picture.shows(model[$0.client].name.path) }
    let ends = Set(connections.flatMap { [$0.client, $0.server] })
    let services = model.services.filter { picture.shows($0.name.path) || ends.contains($0.id) }
    guard !services.isEmpty else { return }
    let names = Dictionary(uniqueKeysWithValues: services.enumerated().map { ($1.id, "\(prefix)s\($0)") })
    let frames = Dictionary(grouping: services, by: \.id.stack).sorted { $0.key < $1.key }.map { stack, members in
      Frame(
        name: "\(prefix)t\(stack)",
        title: model.group.stacks[stack].name ?? model.group.stacks[stack].template.path.description,
        services: members.map { (names[$0.id] ?? "", $0.logicalID) })
    }
    let arrows = connections.compactMap { connection -> Arrow? in
      guard let client = names[connection.client], let server = names[connection.server] else { return nil }
      return Arrow(
        client: client, server: server, endpoint: connection.endpoint.display,
        fault: Mermaid.fault(connection.mechanism.rawValue, connection.relation.rawValue))
    }
    add(frames, arrows)
  }

  /// What an arrow says of a connection that is not in order. Other names than those of Service Connect come right by
  /// themselves.
  static func fault(_ mechanism: String, _ order: String) -> String? {
    guard mechanism == Connection.Mechanism.serviceConnect.rawValue else { return nil }
    return [
      Waits.Relation.none.rawValue: "not ordered", Waits.Relation.reversed.rawValue: "reversed",
      Waits.Relation.cycle.rawValue: "circle",
    ][order]
  }
}
