import Deployment
package import Diagnostics
import Services

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
          fault: Self.fault(of: $0)?.meaning)
      })
    text = mermaid.text
  }

  /// What is wrong with a connection. Names that do not come from Service Connect come right by themselves, and a weak hint
  /// is no connection.
  private static func fault(of connection: Report.Connection) -> ArrowKind? {
    guard connection.mechanism == Connection.Mechanism.serviceConnect.rawValue,
      connection.strength != Connection.Strength.weak.rawValue
    else { return nil }
    switch Waits.Relation(rawValue: connection.order) {
    case .some(.none): return .missing
    case .reversed: return .reversed
    case .cycle: return .circle
    default: return nil
    }
  }

  /// GitHub draws no chart of more than 500 edges: Mermaid's `maxEdges`.
  private static let most = 100
}
