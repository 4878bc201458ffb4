/// Nodes of a directed graph that reach each other.
package struct Circle: Hashable, Sendable {
  /// All nodes of the strongly connected component, ascending.
  package let members: [Int]
  /// A shortest way round that begins at the smallest member; each node leads to the next and the last to the first.
  package let path: [Int]

  /// The circles of a graph on `0..<count`, by their smallest member; nodes that lead only to themselves included.
  package static func all(count: Int, successors: (Int) -> [Int]) -> [Circle] {
    var search = ComponentSearch(count: count)
    for node in 0..<count { search.visit(node, successors) }
    return search.components.compactMap { component in
      let members = component.sorted()
      guard members.count > 1 || successors(members[0]).contains(members[0]) else { return nil }
      return Circle(members: members, path: way(round: members, successors))
    }
    .sorted { $0.members[0] < $1.members[0] }
  }

  /// For each node the largest sum of weights on a way that ends in a node without successors; the nodes of a circle
  /// share the largest of theirs.
  package static func steps(weights: [Int], successors: (Int) -> [Int]) -> [Int] {
    var search = ComponentSearch(count: weights.count)
    for node in weights.indices { search.visit(node, successors) }
    var steps = [Int](repeating: 0, count: weights.count)
    // A component is found after all those that it leads to.
    for component in search.components {
      let inside = Set(component)
      let before = component.flatMap(successors).filter { !inside.contains($0) }.map { steps[$0] }.max() ?? 0
      let step = before + (component.map { weights[$0] }.max() ?? 0)
      for node in component { steps[node] = step }
    }
    return steps
  }

  /// Breadth-first from the smallest member back to it, inside the component.
  private static func way(round members: [Int], _ successors: (Int) -> [Int]) -> [Int] {
    let inside = Set(members)
    let start = members[0]
    var previous: [Int: Int] = [:]
    var open = [start]
    var index = 0
    while index < open.count {
      let node = open[index]
      index += 1
      for next in successors(node).sorted() where inside.contains(next) {
        if next == start {
          var path = [node]
          while let before = previous[path[path.count - 1]] { path.append(before) }
          return path.reversed()
        }
        if previous[next] == nil {
          previous[next] = node
          open.append(next)
        }
      }
    }
    return members
  }
}

/// Tarjan's algorithm with a stack of its own, since templates may be as deep as they like.
private struct ComponentSearch {
  var components: [[Int]] = []
  private var numbers: [Int?]
  private var lowest: [Int]
  private var isOpen: [Bool]
  private var open: [Int] = []
  private var counter = 0

  init(count: Int) {
    numbers = Array(repeating: nil, count: count)
    lowest = Array(repeating: 0, count: count)
    isOpen = Array(repeating: false, count: count)
  }

  mutating func visit(_ root: Int, _ successors: (Int) -> [Int]) {
    guard numbers[root] == nil else { return }
    var work = [(node: root, next: successors(root)[...])]
    enter(root)
    while let (node, next) = work.last {
      if let child = next.first {
        work[work.count - 1].next = next.dropFirst()
        if let number = numbers[child] {
          if isOpen[child] { lowest[node] = min(lowest[node], number) }
        } else {
          enter(child)
          work.append((child, successors(child)[...]))
        }
      } else {
        work.removeLast()
        if let parent = work.last?.node { lowest[parent] = min(lowest[parent], lowest[node]) }
        if lowest[node] == numbers[node] { close(node) }
      }
    }
  }

  private mutating func enter(_ node: Int) {
    numbers[node] = counter
    lowest[node] = counter
    counter += 1
    open.append(node)
    isOpen[node] = true
  }

  private mutating func close(_ node: Int) {
    var component: [Int] = []
    while let top = open.popLast() {
      isOpen[top] = false
      component.append(top)
      if top == node { break }
    }
    components.append(component)
  }
}
