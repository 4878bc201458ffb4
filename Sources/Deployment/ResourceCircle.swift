import DequeModule

/// Resources of a stack that wait for each other in some deployment, so that CloudFormation refuses the template.
package struct ResourceCircle: Sendable {
  package let stack: Int
  /// All resources of the circle, ascending: in the order of the source.
  package let members: [Int]
  /// A way round that begins at the smallest member.
  package let steps: [Dependency]

  /// The circles of a stack, by their smallest member. Of conditions that are too many nothing is said.
  package static func all(in stack: Int, of order: DeploymentOrder) -> [ResourceCircle] {
    let graph = order.group.stacks[stack].graph
    let count = order.group.stacks[stack].template.resources.count
    let circles = Circle.all(count: count) { graph.dependencies(of: $0).map(\.to) }
    guard !circles.isEmpty, !order.conditions.isExhausted else { return [] }
    var search = CircleSearch(stack: stack, conditions: order.conditions, graph: graph)
    return circles.compactMap { search.circle(in: $0) }
  }
}

/// Finds what of a circle of the graph exists in one deployment: its edges may stand in branches that exclude each other.
private struct CircleSearch {
  let stack: Int
  var conditions: ConditionSpace
  let graph: ResourceGraph

  private struct Edge {
    let dependency: Dependency
    /// When the edge and its ends exist.
    let formula: ConditionSpace.Formula
  }

  mutating func circle(in circle: Circle) -> ResourceCircle? {
    let inside = Set(circle.members)
    var edges: [Int: [Edge]] = [:]
    for member in circle.members {
      edges[member] = graph.dependencies(of: member).filter { inside.contains($0.to) }
        .map { Edge(dependency: $0, formula: formula(of: $0)) }
    }
    if edges.values.allSatisfy({ $0.allSatisfy { $0.formula == .always } }) {
      return found(circle.members, circle.path, edges)
    }
    for member in circle.members {
      let loop = loop(through: member, edges)
      guard let deployment = conditions.deployment(with: loop) else { continue }
      let existing = edges.mapValues { $0.filter { conditions.holds($0.formula, in: deployment) } }
      let numbers = Dictionary(uniqueKeysWithValues: circle.members.enumerated().map { ($1, $0) })
      let parts = Circle.all(count: circle.members.count) { index in
        existing[circle.members[index]]?.compactMap { numbers[$0.dependency.to] } ?? []
      }
      guard let part = parts.first else { continue }
      return found(part.members.map { circle.members[$0] }, part.path.map { circle.members[$0] }, existing)
    }
    return nil
  }

  private mutating func formula(of edge: Dependency) -> ConditionSpace.Formula {
    conditions.all(
      conditions.formula(edge.guards.map { Premise(stack: stack, guarded: $0) }),
      conditions.existence(of: ResourceID(stack: stack, index: edge.from)),
      conditions.existence(of: ResourceID(stack: stack, index: edge.to)))
  }

  /// When a way of one step or more leads from a member back to it.
  private mutating func loop(through start: Int, _ edges: [Int: [Edge]]) -> ConditionSpace.Formula {
    var formulas: [Int: ConditionSpace.Formula] = [:]
    var open: Deque<(node: Int, formula: ConditionSpace.Formula)> = [(start, .always)]
    while let (node, formula) = open.popFirst() {
      for edge in edges[node] ?? [] {
        let before = formulas[edge.dependency.to] ?? .never
        let now = conditions.any([before, conditions.all(formula, edge.formula)])
        guard now != before else { continue }
        formulas[edge.dependency.to] = now
        if edge.dependency.to != start { open.append((edge.dependency.to, now)) }
      }
    }
    return formulas[start] ?? .never
  }

  private func found(_ members: [Int], _ path: [Int], _ edges: [Int: [Edge]]) -> ResourceCircle {
    let steps = zip(path, path.dropFirst() + [path[0]]).compactMap { from, to in
      edges[from]?.first { $0.dependency.to == to }?.dependency
    }
    return ResourceCircle(stack: stack, members: members, steps: steps)
  }
}
