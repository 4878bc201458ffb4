import Deployment
import Support
import Testing

@Suite struct CircleTests {
  @Test func aGraphWithoutCirclesHasNone() {
    #expect(circles([[1, 2], [2], []]).isEmpty)
  }

  @Test func theWayBeginsAtTheSmallestMember() {
    let found = circles([[1], [3], [1], [2]])
    #expect(found.map(\.members) == [[1, 2, 3]])
    #expect(found.map(\.path) == [[1, 3, 2]])
  }

  @Test func theWayIsAShortestOne() {
    #expect(circles([[1, 3], [2], [0], [0]]).map(\.path) == [[0, 3]])
  }

  @Test func aNodeThatLeadsToItselfIsACircle() {
    #expect(circles([[], [1]]).map(\.path) == [[1]])
  }

  @Test func stepsGrowAlongTheLongestWay() {
    let graph = [[1, 3], [2], [], []]
    #expect(Circle.steps(weights: [1, 1, 1, 1]) { graph[$0] } == [3, 2, 1, 1])
  }

  @Test func membersOfACircleShareAStep() {
    let graph = [[1], [2], [1]]
    #expect(Circle.steps(weights: [1, 1, 1]) { graph[$0] } == [2, 1, 1])
  }

  /// Two nodes are in one circle exactly when each reaches the other.
  @Test(arguments: 0..<200) func agreesWithBruteForce(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...9, using: &generator)
    let graph = (0..<count).map { _ in
      (0..<Int.random(in: 0...2, using: &generator)).map { _ in Int.random(in: 0..<count, using: &generator) }
    }
    let reach = (0..<count).map { reached(from: $0, graph) }
    let expected = Set(
      (0..<count).compactMap { node -> [Int]? in
        let members = (0..<count).filter {
          $0 == node ? reach[node].contains(node) : reach[node].contains($0) && reach[$0].contains(node)
        }
        return members.isEmpty ? nil : Array(Set(members + [node])).sorted()
      })
    let found = circles(graph)
    #expect(Set(found.map(\.members)) == expected)
    for circle in found {
      #expect(circle.path.first == circle.members.first)
      for (from, to) in zip(circle.path, circle.path.dropFirst() + [circle.path[0]]) {
        #expect(graph[from].contains(to))
      }
    }
  }

  private func circles(_ graph: [[Int]]) -> [Circle] {
    Circle.all(count: graph.count) { graph[$0] }
  }

  /// The nodes at the end of ways of one step or more.
  private func reached(from start: Int, _ graph: [[Int]]) -> Set<Int> {
    var seen: Set<Int> = []
    var open = graph[start]
    while let node = open.popLast() {
      if seen.insert(node).inserted { open += graph[node] }
    }
    return seen
  }
}
