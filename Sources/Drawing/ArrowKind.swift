import Deployment
import Services

/// What an arrow says of the order of its ends.
enum ArrowKind: Int, CaseIterable {
  /// The client waits for its server, by `DependsOn` or by the order of stacks.
  case ordered
  /// The client waits, but only since something refers to something.
  case implicit
  /// Names that come right by themselves, or a hint that is too weak.
  case unneeded
  case unknown
  case missing
  case reversed
  /// No order is right: the services connect to each other, or wait for each other.
  case circle
  /// One service waits for another and does not connect to it.
  case wait

  /// Whether tasks will not resolve a name, or CloudFormation refuses the template.
  var isFault: Bool { self == .missing || self == .reversed || self == .circle }

  /// A word that stands for the kind in files.
  var name: String { "\(self)" }

  /// What the arrow means, for people.
  var meaning: String {
    switch self {
    case .ordered: "ordered"
    case .implicit: "ordered by references only"
    case .unneeded: "needs no order"
    case .unknown: "order unknown"
    case .missing: "not ordered"
    case .reversed: "ordered the wrong way"
    case .circle: "in a circle"
    case .wait: "waits, without a connection"
    }
  }
}

extension ArrowKind {
  /// - Parameter isMutual: whether connections lead back from the server to the client.
  init(_ connection: Connection, isMutual: Bool) {
    self =
      switch connection.relation {
      case .explicit, .stack: .ordered
      case .implicit: .implicit
      case .cycle: .circle
      case .none, .reversed, .unknown:
        if !connection.needsOrder {
          .unneeded
        } else if isMutual, connection.relation != .unknown {
          .circle
        } else {
          switch connection.relation {
          case .none: .missing
          case .reversed: .reversed
          default: .unknown
          }
        }
      }
  }

  /// The kinds of the connections of a model, in their order.
  static func kinds(in model: ServiceModel) -> [ArrowKind] {
    let ids = model.services.map(\.id)
    let numbers = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
    let servers = Dictionary(grouping: model.connections.filter(\.needsOrder), by: \.client)
      .mapValues { $0.compactMap { numbers[$0.server] } }
    var circles: [Int: Int] = [:]
    for (number, circle) in Circle.all(count: ids.count, successors: { servers[ids[$0]] ?? [] }).enumerated() {
      for member in circle.members { circles[member] = number }
    }
    return model.connections.map { connection in
      let ends = [connection.client, connection.server].map { numbers[$0].flatMap { circles[$0] } }
      return ArrowKind(connection, isMutual: ends[0] != nil && ends[0] == ends[1])
    }
  }
}
