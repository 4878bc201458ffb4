/// Gives the items of a column heights with the least sum of distances from where they are wanted, in their order and not
/// too close: an isotonic regression by pooling adjacent violators. Distances are not squared, so that an item stands
/// exactly where one of its edges wants it, and that edge is straight.
struct Spacing {
  struct Wish {
    let height: Double
    let weight: Double
  }

  /// - Parameters:
  ///   - wishes: of each item at least one, from top to bottom; weights are above 0.
  ///   - distances: the least distance of each item from the one before; the first counts nothing.
  static func heights(_ wishes: [[Wish]], distances: [Double]) -> [Double] {
    // Without the distances the heights need only not to fall.
    var offsets: [Double] = []
    for (index, distance) in distances.enumerated() {
      offsets.append(index == 0 ? 0 : offsets[index - 1] + distance)
    }
    var pools: [(wishes: [Wish], height: Double, count: Int)] = []
    for (own, offset) in zip(wishes, offsets) {
      var wanted = own.map { Wish(height: $0.height - offset, weight: $0.weight) }
      var count = 1
      while let last = pools.last, last.height >= median(of: wanted) {
        wanted += last.wishes
        count += last.count
        pools.removeLast()
      }
      pools.append((wanted, median(of: wanted), count))
    }
    return zip(pools.flatMap { Array(repeating: $0.height, count: $0.count) }, offsets).map(+)
  }

  /// The lowest height that as much weight lies above as below.
  private static func median(of wishes: [Wish]) -> Double {
    let sorted = wishes.sorted { $0.height < $1.height }
    let half = sorted.reduce(0) { $0 + $1.weight } / 2
    var sum = 0.0
    for wish in sorted {
      sum += wish.weight
      if sum >= half { return wish.height }
    }
    return sorted.last?.height ?? 0
  }
}
