/// How high each item stands in its lane, so that edges are as straight as the order of the items allows.
struct Heights {
  /// The middles of the items, below the top of their lane.
  let middles: [Double]
  /// By lane; `nil` where nothing is in it.
  let lanes: [Double?]

  init(_ skeleton: Skeleton, _ ports: Ports, laneCount: Int, _ measures: Measures) {
    var sweep = HeightSweep(skeleton, ports, measures)
    for _ in 0..<Heights.rounds {
      sweep.run(skeleton.columns.indices, towards: [.left])
      sweep.run(skeleton.columns.indices.reversed(), towards: [.right])
    }
    for _ in 0..<Heights.lastRounds {
      sweep.run(skeleton.columns.indices, towards: [.left, .right])
      sweep.run(skeleton.columns.indices.reversed(), towards: [.left, .right])
    }
    var tops = [Double](repeating: .infinity, count: laneCount)
    var bottoms = [Double](repeating: -.infinity, count: laneCount)
    let found = sweep.middles.map { $0.rounded() }
    for (item, middle) in zip(skeleton.items, found) {
      let half = sweep.height(of: item) / 2
      tops[item.lane] = min(tops[item.lane], middle - half)
      bottoms[item.lane] = max(bottoms[item.lane], middle + half)
    }
    middles = zip(skeleton.items, found).map { item, middle in middle - tops[item.lane] }
    lanes = zip(tops, bottoms).map { top, bottom in bottom < top ? nil : bottom - top }
  }

  private static let rounds = 6
  private static let lastRounds = 3
}

/// Moves the items of column after column towards their neighbours.
private struct HeightSweep {
  enum Side { case left, right }

  /// An edge that wants an item at a height beside another one.
  private struct Pull {
    let item: Int
    /// How much lower than the other's middle, for ports to meet.
    let offset: Double
    let weight: Double
  }

  private let skeleton: Skeleton
  private let measures: Measures
  private let boxes: [Double]
  /// The items of each column, lane by lane.
  private let stacks: [[[Int]]]
  /// By item.
  private var pulls: [Side: [[Pull]]]
  private(set) var middles: [Double]

  init(_ skeleton: Skeleton, _ ports: Ports, _ measures: Measures) {
    self.skeleton = skeleton
    self.measures = measures
    boxes = ports.heights
    stacks = skeleton.columns.map { column in
      column.reduce(into: []) { stacks, item in
        if let last = stacks.last?.last, skeleton.items[last].lane == skeleton.items[item].lane {
          stacks[stacks.count - 1].append(item)
        } else {
          stacks.append([item])
        }
      }
    }
    let none = [[Pull]](repeating: [], count: skeleton.items.count)
    pulls = [.left: none, .right: none]
    middles = Array(repeating: 0, count: skeleton.items.count)
    for (edge, way) in skeleton.ways.enumerated() {
      for step in way.indices.dropLast() {
        let from = step == 0 ? ports.server[edge] : 0
        let to = step == way.count - 2 ? ports.client[edge] : 0
        pull(way[step], way[step + 1], offset: to - from)
        pull(way[step + 1], way[step], offset: from - to)
      }
    }
    for stack in stacks.joined() { place(stack, stack.map { _ in [Spacing.Wish(height: 0, weight: 1)] }) }
  }

  private mutating func pull(_ item: Int, _ other: Int, offset: Double) {
    let (one, neighbour) = (skeleton.items[item], skeleton.items[other])
    guard one.lane == neighbour.lane else { return }
    let side: Side = neighbour.column < one.column ? .left : .right
    pulls[side]?[item].append(Pull(item: other, offset: offset, weight: HeightSweep.weight(of: one, neighbour)))
  }

  mutating func run(_ columns: some Sequence<Int>, towards sides: [Side]) {
    for column in columns {
      for stack in stacks[column] { place(stack, stack.map { wishes(of: $0, sides) }) }
    }
  }

  private mutating func place(_ stack: [Int], _ wishes: [[Spacing.Wish]]) {
    let items = stack.map { skeleton.items[$0] }
    let distances = [0] + zip(items, items.dropFirst()).map(distance)
    for (item, height) in zip(stack, Spacing.heights(wishes, distances: distances)) { middles[item] = height }
  }

  func height(of item: Skeleton.Item) -> Double { item.node.map { boxes[$0] } ?? 0 }

  /// From the middle of an item to that of the one below.
  private func distance(_ upper: Skeleton.Item, _ lower: Skeleton.Item) -> Double {
    let gap = upper.node == nil && lower.node == nil ? measures.passGap : measures.boxGap
    return (height(of: upper) + height(of: lower)) / 2 + gap
  }

  private func wishes(of item: Int, _ sides: [Side]) -> [Spacing.Wish] {
    let pulls = sides.flatMap { self.pulls[$0]?[item] ?? [] }
    guard !pulls.isEmpty else { return [Spacing.Wish(height: middles[item], weight: HeightSweep.indifference)] }
    return pulls.map { Spacing.Wish(height: middles[$0.item] + $0.offset, weight: $0.weight) }
  }

  /// What nothing pulls gives way.
  private static let indifference = 0.05

  /// The longer an edge, the more its bends are seen: Graphviz weighs them 1, 2 and 8.
  private static func weight(of one: Skeleton.Item, _ other: Skeleton.Item) -> Double {
    switch (one.node, other.node) {
    case (nil, nil): 8
    case (nil, _), (_, nil): 2
    default: 1
    }
  }
}
