import Support
import Testing

@testable import Drawing

/// Heights equal the best of all that keep the order and the distances.
@Suite struct SpacingTests {
  @Test(arguments: 0..<60) func `heights cost no more than any others`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let wishes = (0..<4).map { _ in
      (0..<Int.random(in: 1...3, using: &generator)).map { _ in
        Spacing.Wish(
          height: Double(Int.random(in: 0...8, using: &generator)),
          weight: Double(Int.random(in: 1...4, using: &generator)))
      }
    }
    let distances = (0..<4).map { _ in Double(Int.random(in: 1...3, using: &generator)) }
    let found = Spacing.heights(wishes, distances: distances)
    for index in 1..<4 { #expect(found[index] - found[index - 1] >= distances[index]) }
    #expect(cost(found, wishes) == candidates(distances).map { cost($0, wishes) }.min())
  }

  private func cost(_ heights: [Double], _ wishes: [[Spacing.Wish]]) -> Double {
    zip(heights, wishes).reduce(0) { sum, each in
      each.1.reduce(sum) { $0 + abs($1.height - each.0) * $1.weight }
    }
  }

  /// All whole heights that can be the best: wishes lie from 0 to 8, and nine more than that is pushed by distances.
  private func candidates(_ distances: [Double]) -> [[Double]] {
    distances.indices.reduce([[]]) { heights, index in
      heights.flatMap { begun in
        let least = begun.last.map { $0 + distances[index] } ?? -9
        return stride(from: least, through: 17, by: 1).map { begun + [$0] }
      }
    }
  }
}
