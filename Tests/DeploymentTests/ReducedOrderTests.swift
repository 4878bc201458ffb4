import Deployment
import Diagnostics
import Support
import Templates
import Testing

/// The order of some resources, against all ways through random graphs.
@Suite struct ReducedOrderTests {
  @Test(arguments: 0..<80) func `steps, chains and neighbours are those of all ways`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...9, using: &generator)
    let waits = (0..<count).map { from in (0..<from).filter { _ in Int.random(in: 0..<3, using: &generator) == 0 } }
    let kept = (0..<count).filter { _ in Bool.random(using: &generator) }
    let text = waits.enumerated().map { from, to in
      "  R\(from): {Type: A::B::C, DependsOn: [\(to.map { "R\($0)" }.joined(separator: ", "))]}\n"
    }
    let group = TemplateGroup(try Template(parsing: "Resources:\n" + text.joined()))
    let order = ReducedOrder(
      kept.map { ResourceID(stack: 0, index: $0) }, in: DeploymentOrder(group, ConditionSpace(Evaluator(group))))

    // Every way from a kept resource, as the kept ones on it.
    let ways = kept.map { start in
      var found: [[Int]] = []
      func follow(_ node: Int, _ way: [Int]) {
        let way = kept.contains(node) ? way + [node] : way
        found.append(way)
        for next in waits[node] { follow(next, way) }
      }
      follow(start, [])
      return found
    }
    for (index, found) in ways.enumerated() {
      #expect(order.steps[index] == (found.map(\.count).max() ?? 1) - 1)
      let neighbours = Set(found.filter { $0.count == 2 }.map { $0[1] }).sorted()
      #expect(order.neighbours(before: index).map { kept[$0] } == neighbours)
    }
    let longest = ways.joined().map(\.count).max() ?? 0
    #expect(order.chain.count == longest)
    let chain = order.chain.map { kept[$0] }
    #expect(chain.isEmpty || ways.joined().contains(chain.reversed()))
  }

  @Test func `resources that wait for each other share a step and count once`() throws {
    let template = try Template(
      parsing: """
        Resources:
          A: {Type: A::B::C}
          B: {Type: A::B::C, DependsOn: [A, C]}
          C: {Type: A::B::C, DependsOn: B}
          D: {Type: A::B::C, DependsOn: C}
        """)
    let group = TemplateGroup(template)
    let order = ReducedOrder(
      (0..<4).map { ResourceID(stack: 0, index: $0) }, in: DeploymentOrder(group, ConditionSpace(Evaluator(group))))
    #expect(order.steps == [0, 1, 1, 2])
    #expect(order.chain.count == 3)
  }
}
