/// Puts the items of each column into an order with few crossings: by the medians of their neighbours, then by
/// exchanging neighbours, as Gansner, Koutsofios, North and Vo describe it in *A technique for drawing directed graphs*
/// (1993). Lanes stay apart.
struct Ordering {
  private var skeleton: Skeleton
  /// The place of each item in its column.
  private var places: [Int]

  /// A skeleton whose columns are in a better order.
  static func ordered(_ skeleton: Skeleton) -> Skeleton {
    var ordering = Ordering(skeleton)
    ordering.improve()
    return ordering.skeleton
  }

  private init(_ skeleton: Skeleton) {
    self.skeleton = skeleton
    places = skeleton.places
  }

  private mutating func improve() {
    var best = skeleton.columns
    var fewest = crossings
    var rest = Ordering.patience
    var isForward = true
    while fewest > 0, rest > 0 {
      sweep(isForward)
      transpose()
      isForward.toggle()
      rest -= 1
      let found = crossings
      if found < fewest {
        fewest = found
        best = skeleton.columns
        rest = Ordering.patience
      }
    }
    skeleton.columns = best
  }

  /// How many sweeps may bring nothing before the search ends.
  private static let patience = 8

  private mutating func number(_ column: Int) {
    for (place, item) in skeleton.columns[column].enumerated() { places[item] = place }
  }

  /// Sorts column after column by the medians of the items on the side that is done.
  private mutating func sweep(_ isForward: Bool) {
    for column in isForward ? Array(skeleton.columns.indices) : skeleton.columns.indices.reversed() {
      let items = skeleton.columns[column]
      let medians = items.map { item in
        let neighbours = skeleton.items[item].neighbours
        return median(of: isForward ? neighbours.left : neighbours.right)
      }
      // Items without neighbours keep their places; the others share what is left.
      var sorted = items
      for slots in Dictionary(grouping: items.indices, by: { skeleton.items[items[$0]].lane }).values {
        let moving = slots.filter { medians[$0] != nil }
        let order = moving.sorted { (medians[$0] ?? 0, $0) < (medians[$1] ?? 0, $1) }
        for (slot, item) in zip(moving, order) { sorted[slot] = items[item] }
      }
      skeleton.columns[column] = sorted
      number(column)
    }
  }

  private func median(of items: [Int]) -> Double? {
    guard !items.isEmpty else { return nil }
    let found = items.map { places[$0] }.sorted()
    let middle = found.count / 2
    return found.count % 2 == 1 ? Double(found[middle]) : Double(found[middle - 1] + found[middle]) / 2
  }

  /// Exchanges neighbours in a column as long as that takes crossings away.
  private mutating func transpose() {
    for column in skeleton.columns.indices {
      var isChanged = true
      for _ in skeleton.columns[column].indices where isChanged {
        isChanged = false
        for upper in skeleton.columns[column].indices.dropLast() {
          let (one, other) = (skeleton.columns[column][upper], skeleton.columns[column][upper + 1])
          guard skeleton.items[one].lane == skeleton.items[other].lane, crossings(one, other) > crossings(other, one)
          else { continue }
          skeleton.columns[column].swapAt(upper, upper + 1)
          places[one] = upper + 1
          places[other] = upper
          isChanged = true
        }
      }
    }
  }

  /// The crossings of the edges of two items of a column, the first above the second.
  private func crossings(_ upper: Int, _ lower: Int) -> Int {
    let (one, other) = (skeleton.items[upper].neighbours, skeleton.items[lower].neighbours)
    return inversions(one.left, other.left) + inversions(one.right, other.right)
  }

  private func inversions(_ upper: [Int], _ lower: [Int]) -> Int {
    let below = lower.map { places[$0] }.sorted()
    var passed = 0
    return upper.map { places[$0] }.sorted().reduce(0) { sum, place in
      while passed < below.count, below[passed] < place { passed += 1 }
      return sum + passed
    }
  }

  /// All crossings, counted column by column in a tree of sums (Barth, Jünger and Mutzel, 2002).
  private var crossings: Int {
    skeleton.columns.indices.dropFirst().reduce(0) { sum, column in
      let width = skeleton.columns[column - 1].count
      var tree = [Int](repeating: 0, count: width + 1)
      var before = 0
      var found = 0
      for item in skeleton.columns[column] {
        let ends = skeleton.items[item].neighbours.left.map { places[$0] }
        for end in ends {
          var node = end + 1
          var notAfter = 0
          while node > 0 {
            notAfter += tree[node]
            node -= node & -node
          }
          found += before - notAfter
        }
        for end in ends {
          var node = end + 1
          while node <= width {
            tree[node] += 1
            node += node & -node
          }
        }
        before += ends.count
      }
      return sum + found
    }
  }
}
