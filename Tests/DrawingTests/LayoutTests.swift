import Support
import Testing

@testable import Drawing

/// What must hold of every layout, whatever the graph.
@Suite struct LayoutTests {
  private static let measures = Measures(boxWidth: 150)

  @Test(arguments: 0..<120) func `boxes keep apart and stay in their frames`(seed: UInt64) {
    let graph = RandomGraph.make(seed: seed)
    let layout = Layout(graph, Self.measures)
    for (node, box) in layout.boxes.enumerated() {
      #expect(box.x >= 0 && box.right <= layout.width && box.y >= 0 && box.bottom <= layout.height)
      for other in layout.boxes[..<node] { #expect(!overlap(box, other, apart: Self.measures.boxGap)) }
      for (frame, place) in layout.frames.enumerated() {
        let isInside = place.x < box.x && box.right < place.right && place.y < box.y && box.bottom < place.bottom
        #expect(frame == graph.nodes[node].frame ? isInside : !overlap(box, place, apart: 1))
      }
    }
    for (number, frame) in layout.frames.enumerated() {
      #expect(frame.x >= 0 && frame.right <= layout.width && frame.bottom <= layout.height)
      for other in layout.frames[..<number] { #expect(!overlap(frame, other, apart: 1)) }
    }
  }

  @Test(arguments: 0..<120) func `edges lead from side to side and through no box`(seed: UInt64) {
    let graph = RandomGraph.make(seed: seed)
    let layout = Layout(graph, Self.measures)
    for (edge, route) in zip(graph.edges, layout.routes) {
      let corners = route.corners
      #expect(touches(corners[0], layout.boxes[edge.server]))
      #expect(touches(corners[corners.count - 1], layout.boxes[edge.client]))
      for (start, end) in zip(corners, corners.dropFirst()) {
        #expect(start.x == end.x ? abs(start.y - end.y) >= 8 : start.y == end.y)
        let isCrossing = layout.boxes.contains { box in
          max(start.x, end.x) > box.x && min(start.x, end.x) < box.right && max(start.y, end.y) > box.y
            && min(start.y, end.y) < box.bottom
        }
        #expect(!isCrossing)
      }
    }
  }

  /// Where lines lie on each other they lead to the same server, so that nobody follows the wrong one.
  @Test(arguments: 0..<120) func `upright lines of different streams keep apart`(seed: UInt64) {
    let graph = RandomGraph.make(seed: seed)
    let layout = Layout(graph, Self.measures)
    let climbs = zip(graph.edges, layout.routes).flatMap { edge, route in
      zip(route.corners, route.corners.dropFirst()).filter { $0.x == $1.x && $0.y != $1.y }
        .map { (edge: edge, x: $0.x, top: min($0.y, $1.y), bottom: max($0.y, $1.y)) }
    }
    for (index, one) in climbs.enumerated() {
      for other in climbs[..<index] where one.edge.server != other.edge.server || one.edge.kind != other.edge.kind {
        #expect(abs(one.x - other.x) >= 8 || one.bottom <= other.top || other.bottom <= one.top)
      }
    }
  }

  @Test(arguments: 0..<120) func `waves stand from left to right`(seed: UInt64) {
    let graph = RandomGraph.make(seed: seed)
    let layout = Layout(graph, Self.measures)
    #expect(layout.bands.map(\.wave) == Set(graph.nodes.map(\.wave)).sorted())
    for (left, right) in zip(layout.bands, layout.bands.dropFirst()) { #expect(left.right == right.left) }
    for (node, box) in zip(graph.nodes, layout.boxes) {
      let band = layout.bands.first { $0.wave == node.wave }
      #expect(band.map { $0.left <= box.x && box.right <= $0.right } == true)
    }
    // In a wave a client stands beside its server.
    for edge in graph.edges { #expect(layout.boxes[edge.client].x != layout.boxes[edge.server].x) }
  }

  @Test func `an order without crossings is found`() {
    // Six servers and a client for each, in opposite order.
    var graph = LayeredGraph()
    graph.nodes = (0..<12).map { LayeredGraph.Node(wave: $0 / 6, frame: 0) }
    graph.edges = (0..<6).map { LayeredGraph.Edge(client: 11 - $0, server: $0, kind: 0) }
    let layout = Layout(graph, Self.measures)
    #expect(layout.routes.allSatisfy { $0.corners.count == 2 })
  }

  @Test func `edges of a kind to a server share their way`() {
    var graph = LayeredGraph()
    graph.nodes = [0, 1, 2, 2].map { LayeredGraph.Node(wave: $0, frame: 0) }
    graph.edges = [2, 3].map { LayeredGraph.Edge(client: $0, server: 0, kind: 0) }
    let shared = Layout(graph, Self.measures).routes.map { $0.corners.prefix(3) }
    #expect(shared[0].first == shared[1].first)
    graph.edges[1] = LayeredGraph.Edge(client: 3, server: 0, kind: 1)
    let apart = Layout(graph, Self.measures).routes
    #expect(apart[0].corners[0] != apart[1].corners[0])
  }

  @Test func `many services are laid out in no time`() {
    var generator = SeededGenerator(seed: 1)
    var graph = LayeredGraph()
    graph.nodes = (0..<300).map { LayeredGraph.Node(wave: $0 / 50, frame: $0 % 7) }
    graph.edges = (0..<900).map { _ in
      let client = Int.random(in: 1..<300, using: &generator)
      return LayeredGraph.Edge(client: client, server: Int.random(in: 0..<client, using: &generator), kind: 0)
    }
    let start = ContinuousClock.now
    _ = Layout(graph, Self.measures)
    // Some ten times what it takes, not optimised and with other tests beside it.
    #expect(ContinuousClock.now - start < .seconds(60))
  }

  private func overlap(_ one: Layout.Box, _ other: Layout.Box, apart: Double) -> Bool {
    one.x < other.right + apart && other.x < one.right + apart && one.y < other.bottom + apart
      && other.y < one.bottom + apart
  }

  private func touches(_ point: Layout.Point, _ box: Layout.Box) -> Bool {
    (point.x == box.x || point.x == box.right) && point.y > box.y && point.y < box.bottom
  }
}
