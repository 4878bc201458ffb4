/// A part of a run, for a matrix of machines: all parts together say what one run says.
package struct Shard: Hashable, Sendable {
  /// From 1 to `count`.
  package let number: Int
  package let count: Int

  /// `K/N`; `nil` for anything else, and where there is no such part.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1], 1 <= number, number <= count else {
      return nil
    }
    self.number = number
    self.count = count
  }
}
