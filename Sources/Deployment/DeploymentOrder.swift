import Collections

/// The partial order in which CloudFormation must start the resources of a template group.
///
/// One graph for all stacks: besides its resources a stack has a *beginning*, which its resources wait for, and an
/// *end*, which waits for its resources. A stack that is deployed after another one begins after the other's end, so that
/// "waits for" is a path, whatever borders lie between.
package struct DeploymentOrder: Sendable {
  private let group: TemplateGroup
  /// The node of the beginning of each stack; its end is the next one, its resources follow.
  private let bases: [Int]
  private let edges: [[Edge]]

  private struct Edge {
    let to: Int
    let kind: Dependency.Kind
  }

  package init(_ group: TemplateGroup) {
    self.group = group
    var bases: [Int] = []
    var count = 0
    for stack in group.stacks {
      bases.append(count)
      count += 2 + stack.template.resources.count
    }
    var edges = [[Edge]](repeating: [], count: count)
    let imports = ExportTable(group)
    for (index, stack) in group.stacks.enumerated() {
      let base = bases[index]
      let resources = (base + 2)..<(base + 2 + stack.template.resources.count)
      for dependency in stack.graph.dependencies {
        edges[base + 2 + dependency.from].append(Edge(to: base + 2 + dependency.to, kind: dependency.kind))
      }
      for node in resources {
        edges[node].append(Edge(to: base, kind: .manifest))
        edges[base + 1].append(Edge(to: node, kind: .manifest))
      }
      for earlier in group.stackDependencies[index] {
        edges[base].append(Edge(to: bases[earlier] + 1, kind: .manifest))
      }
      for earlier in imports.exporters(importedBy: stack.template) where earlier != index {
        edges[base].append(Edge(to: bases[earlier] + 1, kind: .stackOutput))
      }
    }
    self.bases = bases
    self.edges = edges
  }

  /// How a client stands to a server in the order.
  package enum Relation: String, Sendable {
    /// No path either way: CloudFormation may start both at the same time.
    case none
    /// The client waits, but no path's last step into the server is `DependsOn`.
    case implicit
    /// The client waits, and the last step of a path into the server is `DependsOn`.
    case explicit
    /// Each waits for the other: CloudFormation refuses the template.
    case cycle
    /// The client's stack is deployed after the server's.
    case stack
    /// The server waits for the client.
    case reversed
    /// A part of the template is hidden.
    case unknown
  }

  /// The relation of two resources. `waits` remembers paths between calls.
  package func relation(of client: ResourceID, to server: ResourceID, _ waits: inout Waits) -> Relation {
    let forward = waits.contains(from: node(client), to: node(server), in: self)
    let backward = waits.contains(from: node(server), to: node(client), in: self)
    switch (forward, backward) {
    case (true, true): return .cycle
    case (false, true): return .reversed
    case (false, false): return .none
    case (true, false): break
    }
    if client.stack != server.stack { return .stack }
    let reached = waits.reached(from: node(client), in: self)
    let lastSteps = group.stacks[server.stack].graph.explicitDependents(of: server.index)
    return lastSteps.contains { reached.contains(bases[server.stack] + 2 + $0) } ? .explicit : .implicit
  }

  /// Whether `resource` waits for `other`, directly or through others.
  package func waits(_ resource: ResourceID, for other: ResourceID, _ waits: inout Waits) -> Bool {
    waits.contains(from: node(resource), to: node(other), in: self)
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
    let suspects = ends.indices.filter { circleOf[ends[$0].from] != nil && circleOf[ends[$0].from] == circleOf[ends[$0].to] }
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

  /// What has been found of the order: which nodes are reached from a node, each computed once.
  package struct Waits {
    private var sets: [Int: BitSet] = [:]

    package init() {}

    fileprivate mutating func contains(from: Int, to: Int, in order: DeploymentOrder) -> Bool {
      reached(from: from, in: order).contains(to)
    }

    /// The node itself counts as reached.
    fileprivate mutating func reached(from start: Int, in order: DeploymentOrder) -> BitSet {
      if let known = sets[start] { return known }
      var seen: BitSet = [start]
      var open = [start]
      while let node = open.popLast() {
        for edge in order.edges[node] where seen.insert(edge.to).inserted { open.append(edge.to) }
      }
      sets[start] = seen
      return seen
    }
  }

  private func node(_ id: ResourceID) -> Int { bases[id.stack] + 2 + id.index }
}
