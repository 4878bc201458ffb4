import Deployment
import Diagnostics
import Services

/// All that a picture shows: a chart for each deployment, the connections as a list, and how much was left out since
/// nobody could read it.
struct Sheet {
  private(set) var charts: [Chart] = []
  /// What is wrong first, then as in the templates.
  private(set) var rows: [Row] = []
  private(set) var serviceCount = 0
  private(set) var connectionCount = 0
  private(set) var faultCount = 0
  private(set) var leftOut = LeftOut()

  struct LeftOut {
    var services = 0
    var connections = 0
    var rows = 0
  }

  /// A connection in the list.
  struct Row {
    let client: End
    let server: End
    let kind: ArrowKind
    let connection: ChartConnection
  }

  struct End {
    let name: String
    /// The number of its box, where it is drawn.
    let number: Int?
  }

  /// The longest chain of all charts, where services wait at all.
  var chain: (chart: Int, names: [String])? {
    let longest = charts.indices.max { (charts[$0].chain.count, $1) < (charts[$1].chain.count, $0) }
    return longest.flatMap { charts[$0].chain.count > 1 ? ($0, charts[$0].chain) : nil }
  }

  /// What people must know who look at the picture; `nil` where it shows everything.
  var remark: String? {
    let words = Headline(self).leftOut
    return words.isEmpty ? nil : words
  }

  var kinds: [ArrowKind] {
    let found = Set(charts.flatMap(\.arrows).map(\.kind))
    return ArrowKind.allCases.filter(found.contains)
  }
}

extension Sheet {
  /// How much a picture shows at most.
  struct Limits {
    var services = Int.max
    var connections = Int.max
    var rows = Int.max

    /// What people can still read, and browsers scroll.
    static let readable = Limits(services: 300, connections: 900, rows: 2000)
    static let none = Limits()
  }

  init(_ picture: DeploymentPicture, _ limits: Limits) {
    var found: [Found] = []
    var services: [(model: Int, id: ResourceID, rank: Int)] = []
    for (number, model) in picture.models.enumerated() {
      let shown = zip(model.connections, ArrowKind.kinds(in: model)).filter {
        picture.shows(model[$0.0.client].name.path)
      }
      found += shown.map { Found(model: number, connection: $0, kind: $1) }
      let ranks = Dictionary(
        shown.flatMap { connection, kind in
          [connection.client, connection.server].map { ($0, kind.isFault ? 0 : 1) }
        }, uniquingKeysWith: min)
      services += model.services.filter { picture.shows($0.name.path) || ranks[$0.id] != nil }
        .map { (number, $0.id, ranks[$0.id] ?? 2) }
    }
    // What is wrong comes first, for the list and where not all can be drawn; sorting keeps the order otherwise.
    found = found.filter(\.kind.isFault) + found.filter { !$0.kind.isFault }
    let drawn = (0...2).flatMap { rank in services.filter { $0.rank == rank } }.prefix(limits.services)
    let drawnIDs = Dictionary(grouping: drawn, by: \.model).mapValues { Set($0.map(\.id)) }
    let isDrawn = { (each: Found) in
      drawnIDs[each.model].map { $0.contains(each.connection.client) && $0.contains(each.connection.server) } ?? false
    }
    let drawable = found.filter(isDrawn)
    let arrows = Dictionary(grouping: drawable.prefix(limits.connections), by: \.model)

    var numbers: [Int: [ResourceID: Int]] = [:]
    var next = 0
    for (number, model) in picture.models.enumerated() {
      guard let ids = drawnIDs[number] else { continue }
      let own = arrows[number, default: []].map { ($0.connection, $0.kind) }
      let chart = Chart(model, drawing: ids, own, numbersFrom: next)
      numbers[number] = Dictionary(
        uniqueKeysWithValues: zip(model.services.filter { ids.contains($0.id) }, chart.boxes).map { ($0.id, $1.number) }
      )
      next += chart.boxes.count
      charts.append(chart)
    }
    rows = found.prefix(limits.rows).map { each in
      let end = { (id: ResourceID) in
        End(name: picture.models[each.model][id].logicalID, number: numbers[each.model]?[id])
      }
      return Row(
        client: end(each.connection.client), server: end(each.connection.server), kind: each.kind,
        connection: ChartConnection(each.connection, each.kind))
    }
    serviceCount = services.count
    connectionCount = found.count
    faultCount = found.count { $0.kind.isFault }
    leftOut = LeftOut(
      services: services.count - drawn.count, connections: found.count - min(drawable.count, limits.connections),
      rows: found.count - rows.count)
  }

  private struct Found {
    let model: Int
    let connection: Connection
    let kind: ArrowKind
  }
}
