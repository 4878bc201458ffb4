import Deployment
import Diagnostics
import Services

/// One deployment as a picture shows it: services in waves, stacks as frames, and who connects to whom.
struct Chart {
  /// A service.
  struct Box {
    /// Unique in the whole picture.
    let number: Int
    let name: String
    let place: Location
    let constructPath: String?
    /// What it publishes.
    let endpoints: [String]
    /// From 0.
    let wave: Int
    let frame: Int
  }

  /// A stack.
  struct Frame {
    let title: String
  }

  /// From a client to a server; all connections of one kind between the two.
  struct Arrow {
    /// Indices of boxes.
    let client: Int
    let server: Int
    let kind: ArrowKind
    /// Empty where the one only waits for the other.
    var connections: [ChartConnection] = []
  }

  let boxes: [Box]
  let frames: [Frame]
  let arrows: [Arrow]
  /// The names of services that deploy one after the other, the longest such chain; drawn or not.
  let chain: [String]
  /// The boxes of that chain.
  let links: Set<Int>
  /// How many waves the deployment has, drawn or not.
  let waveCount: Int
}

/// A connection in words.
struct ChartConnection {
  let endpoint: String
  let mechanism: String
  let order: String
  let evidence: [(subject: String, place: Location)]
}

extension ChartConnection {
  init(_ connection: Connection, _ kind: ArrowKind) {
    endpoint = connection.endpoint.display
    mechanism = ChartConnection.words(for: connection.mechanism)
    let words = ChartConnection.words(for: connection, kind)
    order = connection.circumstances.isEmpty ? words : "\(words) where \(connection.circumstances)"
    evidence = connection.evidence.map { ($0.subject, $0.location) }
  }

  private static func words(for mechanism: Connection.Mechanism) -> String {
    switch mechanism {
    case .serviceConnect: "Service Connect"
    case .cloudMap: "Cloud Map"
    case .loadBalancer: "load balancer"
    case .other: "another way"
    }
  }

  private static func words(for connection: Connection, _ kind: ArrowKind) -> String {
    if let reason = connection.ignored?.text, kind == .unneeded {
      return reason.isEmpty ? "ignored" : "ignored: \(reason)"
    }
    return switch connection.relation {
    case .explicit: "by DependsOn"
    case .stack: "by the order of stacks"
    case .implicit: "by references only"
    case .none, .reversed, .cycle, .unknown: kind.meaning
    }
  }
}

extension Chart {
  /// - Parameters:
  ///   - drawn: the services to draw.
  ///   - connections: those to draw, with their kinds.
  ///   - first: the number of the first box.
  init(
    _ model: ServiceModel, drawing drawn: Set<ResourceID>, _ connections: [(Connection, ArrowKind)],
    numbersFrom first: Int
  ) {
    let order = ReducedOrder(model.services.map(\.id), in: model.order)
    let shown = model.services.indices.filter { drawn.contains(model.services[$0].id) }
    let stacks = Set(shown.map { model.services[$0].id.stack }).sorted()
    let indices = Dictionary(uniqueKeysWithValues: shown.enumerated().map { (model.services[$1].id, $0) })
    boxes = shown.enumerated().map { index, place in
      let service = model.services[place]
      return Box(
        number: first + index, name: service.logicalID, place: service.location, constructPath: service.constructPath,
        endpoints: service.connect?.endpoints.map(\.display) ?? [], wave: order.steps[place],
        frame: stacks.firstIndex(of: service.id.stack) ?? 0)
    }
    frames = stacks.map { stack in
      let own = model.group.stacks[stack]
      return Frame(title: own.name ?? own.template.path.description)
    }
    var arrows: [Arrow] = []
    var known: [[Int]: Int] = [:]
    for (connection, kind) in connections {
      guard let client = indices[connection.client], let server = indices[connection.server], client != server else {
        continue
      }
      let key = [client, server, kind.rawValue]
      if known[key] == nil {
        known[key] = arrows.count
        arrows.append(Arrow(client: client, server: server, kind: kind))
      }
      known[key].map { arrows[$0].connections.append(ChartConnection(connection, kind)) }
    }
    self.arrows = arrows + Chart.waits(order, shown, besides: arrows)
    let chain = order.chain
    self.chain = chain.map { model.services[$0].logicalID }
    links = Set(chain.compactMap { indices[model.services[$0].id] })
    waveCount = (order.steps.max() ?? -1) + 1
  }

  /// The arrows for what waits without a connection, of ways with no other service on them.
  private static func waits(_ order: ReducedOrder, _ shown: [Int], besides arrows: [Arrow]) -> [Arrow] {
    let indices = Dictionary(uniqueKeysWithValues: shown.enumerated().map { ($1, $0) })
    var servers = Dictionary(grouping: arrows.filter { $0.kind == .ordered || $0.kind == .implicit }, by: \.client)
      .mapValues { $0.map(\.server) }
    let before = shown.map { order.neighbours(before: $0).compactMap { indices[$0] } }
    for (client, waits) in before.enumerated() { servers[client, default: []] += waits }
    var waits: [Arrow] = []
    for (client, found) in before.enumerated() {
      let connected = Set(arrows.filter { $0.client == client }.map(\.server))
      for server in found where !connected.contains(server) {
        let isDetour = (servers[client] ?? []).contains { $0 != server && leads(from: $0, to: server, over: servers) }
        if !isDetour { waits.append(Arrow(client: client, server: server, kind: .wait)) }
      }
    }
    return waits
  }

  private static func leads(from start: Int, to end: Int, over servers: [Int: [Int]]) -> Bool {
    var seen: Set<Int> = [start]
    var open = [start]
    while let next = open.popLast() {
      if next == end { return true }
      open += (servers[next] ?? []).filter { seen.insert($0).inserted }
    }
    return false
  }
}
