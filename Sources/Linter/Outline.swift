/// What a text is made of, whatever the order, to see how much two texts have in common: lines, or pieces of long ones. As
/// git measures, in its diffcore-delta.c.
struct Outline {
  /// A piece by its hash, with the bytes that all of that hash have; sorted by hash.
  private let pieces: [(hash: UInt64, bytes: Int)]
  private let size: Int

  init(_ bytes: [UInt8]) {
    var counts: [UInt64: Int] = [:]
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let window = bytes[start..<min(start + Self.longest, bytes.endIndex)]
      let end = window.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? window.endIndex
      counts[Self.hash(bytes[start..<end]), default: 0] += end - start
      start = end
    }
    pieces = counts.map { ($0.key, $0.value) }.sorted { $0.hash < $1.hash }
    size = bytes.count
  }

  private static let longest = 64

  /// FNV-1a: the same on every run, unlike Swift's.
  private static func hash(_ piece: ArraySlice<UInt8>) -> UInt64 {
    piece.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  /// The share of the larger text that the other one has too, from 0 to 1.
  func likeness(to other: Outline) -> Double {
    let largest = max(size, other.size)
    guard largest > 0 else { return 1 }
    var common = 0
    var (a, b) = (pieces.startIndex, other.pieces.startIndex)
    while a < pieces.endIndex, b < other.pieces.endIndex {
      let (one, two) = (pieces[a], other.pieces[b])
      if one.hash == two.hash { common += min(one.bytes, two.bytes) }
      if one.hash <= two.hash { a += 1 }
      if two.hash <= one.hash { b += 1 }
    }
    return Double(common) / Double(largest)
  }
}
