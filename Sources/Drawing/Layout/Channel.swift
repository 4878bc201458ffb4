/// The space between two columns, in which edges climb on upright tracks. Tracks that overlap have different places, in an
/// order that avoids crossings.
struct Channel {
  /// Edges of a kind that leave an item together, and share a track.
  struct Stream: Hashable {
    /// The item nearer to the server.
    let item: Int
    let kind: Int
  }

  private struct Track {
    let stream: Stream
    /// The heights at which it is entered from the left and from the right.
    var left: [Double] = []
    var right: [Double] = []

    var top: Double { min(left.min() ?? .infinity, right.min() ?? .infinity) }
    var bottom: Double { max(left.max() ?? -.infinity, right.max() ?? -.infinity) }
  }

  private let places: [Stream: Int]
  /// How many tracks stand side by side at most.
  let width: Int

  /// - Parameter edges: each with the heights at which it comes to the left and to the right border.
  init(_ edges: [(stream: Stream, left: Double, right: Double)]) {
    var tracks: [Stream: Track] = [:]
    for edge in edges {
      tracks[edge.stream, default: Track(stream: edge.stream)].left.append(edge.left)
      tracks[edge.stream, default: Track(stream: edge.stream)].right.append(edge.right)
    }
    let climbing = tracks.values.filter { $0.top < $0.bottom }
      .sorted { ($0.top, $0.stream.item, $0.stream.kind) < ($1.top, $1.stream.item, $1.stream.kind) }
    var places: [Stream: Int] = [:]
    var placed: [(top: Double, bottom: Double, place: Int)] = []
    for track in Channel.ordered(climbing) {
      let (top, bottom) = (track.top, track.bottom)
      let before = placed.filter { $0.top < bottom + Channel.nearness && top < $0.bottom + Channel.nearness }
      let place = (before.map(\.place).max() ?? -1) + 1
      places[track.stream] = place
      placed.append((top, bottom, place))
    }
    self.places = places
    width = (places.values.max() ?? -1) + 1
  }

  /// The place of a stream's track, from 0 on the left; `nil` where it does not climb.
  func place(of stream: Stream) -> Int? { places[stream] }

  /// Lines that are nearer than this seem to be one.
  private static let nearness = 6.0

  /// Takes, one by one, the track that loses least by standing to the left of all that are left (Eades, Lin and Smyth, 1993).
  private static func ordered(_ tracks: [Track]) -> [Track] {
    var gains = tracks.map { one in tracks.reduce(0) { $0 + cost($1, one) - cost(one, $1) } }
    var rest = Array(tracks.indices)
    var order: [Track] = []
    while let next = rest.indices.max(by: { (gains[rest[$0]], $1) < (gains[rest[$1]], $0) }) {
      let chosen = rest.remove(at: next)
      for other in rest {
        gains[other] -= cost(tracks[chosen], tracks[other]) - cost(tracks[other], tracks[chosen])
      }
      order.append(tracks[chosen])
    }
    return order
  }

  /// How bad it is for one track to stand to the left of another: where lines cross, and much more where they lie on each
  /// other.
  private static func cost(_ one: Track, _ other: Track) -> Int {
    let crossings =
      one.right.count { other.top < $0 && $0 < other.bottom } + other.left.count { one.top < $0 && $0 < one.bottom }
    let covers = one.right.reduce(0) { sum, height in sum + other.left.count { abs($0 - height) < nearness } }
    return crossings + 20 * covers
  }
}
