package import Diagnostics

/// The services that a report is about and those they connect to, as a Mermaid flowchart.
package struct ReportPicture: Sendable {
  /// `nil` where there is nothing to draw, or more than a picture can show.
  package let text: String?

  package init(_ report: Report) {
    let affected = Set(report.services.affected)
    let connections = report.connections.filter { affected.contains($0.client) || affected.contains($0.server) }
    let services = Set(connections.flatMap { [$0.client, $0.server] }).sorted {
      ($0.path, $0.logicalID) < ($1.path, $1.logicalID)
    }
    guard !services.isEmpty, services.count <= Self.most, connections.count <= 2 * Self.most else {
      text = nil
      return
    }
    let names = Dictionary(uniqueKeysWithValues: services.enumerated().map { ($1, "s\($0)") })
    let files = Dictionary(grouping: services, by: \.path).sorted { $0.key < $1.key }
    let frames = files.enumerated().map { number, file in
      Mermaid.Frame(
        name: "t\(number)", title: file.key.description,
        services: file.value.map { (names[$0] ?? "", $0.logicalID) })
    }
    var mermaid = Mermaid()
    mermaid.add(
      frames,
      connections.map {
        Mermaid.Arrow(
          client: names[$0.client] ?? "", server: names[$0.server] ?? "", endpoint: $0.endpoint,
          fault: Mermaid.fault($0.mechanism, $0.order))
      })
    text = mermaid.text
  }

  /// GitHub draws no chart of more than 500 edges: Mermaid's `maxEdges`.
  private static let most = 100
}
