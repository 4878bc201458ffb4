import BitCollections

/// The partial order in which CloudFormation must start the resources of a template group.
///
/// One graph for all stacks: besides its resources a stack has a *beginning*, which its resources wait for, and an
/// *end*, which waits for its resources. A stack that is deployed after another one begins after the other's end, so that
/// "waits for" is a path, whatever borders lie between. An edge may exist under conditions only.
package struct DeploymentOrder: Sendable {
  let group: TemplateGroup
  /// The node of the beginning of each stack; its end is the next one, its resources follow.
  let bases: [Int]
  let edges: [[Edge]]
  package let conditions: ConditionSpace
  /// When the node of each resource exists, for those with a condition.
  let existence: [Int: ConditionSpace.Formula]
  /// Nodes of resources that may wait for more than their templates show.
  let hidden: BitSet

  struct Edge {
    let to: Int
    let kind: Dependency.Kind
    /// When the edge exists, given that both ends do.
    var formula = ConditionSpace.Formula.always
  }

  package init(_ group: TemplateGroup, _ conditions: ConditionSpace) {
    var conditions = conditions
    var bases: [Int] = []
    var count = 0
    for stack in group.stacks {
      bases.append(count)
      count += 2 + stack.template.resources.count
    }
    var edges = [[Edge]](repeating: [], count: count)
    var existence: [Int: ConditionSpace.Formula] = [:]
    for (index, stack) in group.stacks.enumerated() {
      let base = bases[index]
      for dependency in stack.graph.dependencies {
        let premises = dependency.guards.map { Premise(stack: index, guarded: $0) }
        edges[base + 2 + dependency.from].append(
          Edge(to: base + 2 + dependency.to, kind: dependency.kind, formula: conditions.formula(premises)))
      }
      for number in stack.template.resources.indices {
        edges[base + 2 + number].append(Edge(to: base, kind: .manifest))
        edges[base + 1].append(Edge(to: base + 2 + number, kind: .manifest))
        let formula = conditions.existence(of: ResourceID(stack: index, index: number))
        if formula != .always { existence[base + 2 + number] = formula }
      }
      if let parent = stack.parent {
        // The nested stack begins when all that its resource waits for is there, and its resource is there when it ends.
        let resource = bases[parent.stack] + 2 + parent.index
        edges[base] += edges[resource].map { Edge(to: $0.to, kind: .manifest, formula: $0.formula) }
        edges[resource].append(Edge(to: base + 1, kind: .manifest))
      }
      for earlier in group.stackDependencies[index] {
        edges[base].append(Edge(to: bases[earlier] + 1, kind: .manifest))
      }
      for earlier in group.exports.exporters(importedBy: stack.template, of: index) {
        edges[base].append(Edge(to: bases[earlier] + 1, kind: .stackOutput))
      }
    }
    self.group = group
    self.bases = bases
    self.edges = edges
    self.conditions = conditions
    self.existence = existence
    hidden = BitSet(
      zip(bases, group.stacks).flatMap { base, stack in HiddenOrder(stack.template).resources.map { base + 2 + $0 } })
  }

  func node(_ id: ResourceID) -> Int { bases[id.stack] + 2 + id.index }

  /// The earliest step in which each resource can start: the resources of a wave wait only for those of earlier ones.
  /// Resources that wait for each other stand in one wave.
  package var waves: [[ResourceID]] {
    var isResource = [Bool](repeating: true, count: edges.count)
    for base in bases {
      isResource[base] = false
      isResource[base + 1] = false
    }
    let steps = Circle.steps(weights: isResource.map { $0 ? 1 : 0 }) { node in edges[node].map(\.to) }
    return Dictionary(grouping: group.resourceIDs) { steps[node($0)] }.sorted { $0.key < $1.key }.map(\.value)
  }

  /// A shortest way from a resource to one it waits for, as long as it stays in one stack; empty where there is none.
  package func path(from resource: ResourceID, to other: ResourceID) -> [Dependency] {
    guard resource.stack == other.stack else { return [] }
    let graph = group.stacks[resource.stack].graph
    var steps: [Int: Dependency] = [:]
    var open = [resource.index]
    var position = 0
    while position < open.count, steps[other.index] == nil {
      for step in graph.dependencies(of: open[position]) where step.to != resource.index && steps[step.to] == nil {
        steps[step.to] = step
        open.append(step.to)
      }
      position += 1
    }
    var path: [Dependency] = []
    var last = other.index
    while let step = steps[last] {
      path.append(step)
      last = step.from
    }
    return path.reversed()
  }

  /// Of dependencies that somebody wants to add in this order, the indices of those that would close a circle together
  /// with the others before them.
  package func closingCircles(_ wanted: [(from: ResourceID, to: ResourceID)]) -> Set<Int> {
    let ends = wanted.map { (from: node($0.from), to: node($0.to)) }
    var added = Dictionary(grouping: ends, by: \.from).mapValues { $0.map(\.to) }
    let circles = Circle.all(count: edges.count) { node in edges[node].map(\.to) + (added[node] ?? []) }
    guard !circles.isEmpty else { return [] }
    // Nearly always there is none. Where there is, the edges inside of circles are tried one by one.
    var circleOf: [Int: Int] = [:]
    for (index, circle) in circles.enumerated() { for member in circle.members { circleOf[member] = index } }
    let suspects = ends.indices.filter { index in
      circleOf[ends[index].from].map { $0 == circleOf[ends[index].to] } ?? false
    }
    for index in suspects { added[ends[index].from]?.removeAll { $0 == ends[index].to } }
    var refused: Set<Int> = []
    for index in suspects {
      if leads(from: ends[index].to, to: ends[index].from, with: added) {
        refused.insert(index)
      } else {
        added[ends[index].from, default: []].append(ends[index].to)
      }
    }
    return refused
  }

  private func leads(from start: Int, to end: Int, with added: [Int: [Int]]) -> Bool {
    var seen: BitSet = [start]
    var open = [start]
    while let node = open.popLast() {
      if node == end { return true }
      for next in edges[node].map(\.to) + (added[node] ?? []) where seen.insert(next).inserted { open.append(next) }
    }
    return false
  }
}
