package import Diagnostics

/// The bytes of a file, with a table of its lines: the one place that turns byte offsets into lines and columns.
///
/// Lines end at a line feed and nowhere else, as in git and editors. A byte order mark at the beginning belongs to no
/// column.
package struct SourceText: Sendable {
  package let bytes: [UInt8]
  /// The offset of the first byte of every line.
  private let lineStarts: [Int]
  /// How many scalars begin before every block of bytes, for a text with a long line: a template without line breaks is
  /// one line of megabytes, which nobody wants to count again for each of its resources. Empty for other texts.
  private let scalarCounts: [Int]

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    let starts = bytes.withUnsafeBufferPointer(Self.lineStarts)
    lineStarts = starts
    let lastLine = bytes.count - starts[starts.count - 1]
    let longest = starts.indices.dropFirst().reduce(lastLine) { max($0, starts[$1] - starts[$1 - 1]) }
    scalarCounts = longest > 4 * Self.block ? bytes.withUnsafeBufferPointer(Self.scalarCounts) : []
  }

  /// In bytes.
  private static let block = 1024

  private static func scalarCounts(_ bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
    var counts = [0]
    counts.reserveCapacity(bytes.count / block + 1)
    for start in stride(from: 0, to: bytes.count - bytes.count % block, by: block) {
      counts.append(counts[counts.count - 1] + scalars(in: bytes[start..<start + block]))
    }
    return counts
  }

  /// Every scalar has exactly one byte that is no continuation byte.
  private static func scalars(in bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    // Numbers of one kind that cannot overflow, of which the processor adds many at a time.
    var count: UInt32 = 0
    for byte in UnsafeBufferPointer(rebasing: bytes) { count &+= Int8(bitPattern: byte) >= -64 ? 1 : 0 }
    return Int(count)
  }

  /// How many scalars begin between two offsets.
  private func scalars(from start: Int, to end: Int) -> Int {
    bytes.withUnsafeBufferPointer { bytes in
      let first = start / Self.block + 1
      let last = end / Self.block
      guard last > first, last < scalarCounts.count else { return Self.scalars(in: bytes[start..<end]) }
      return Self.scalars(in: bytes[start..<first * Self.block]) + scalarCounts[last] - scalarCounts[first]
        + Self.scalars(in: bytes[last * Self.block..<end])
    }
  }

  /// Looks at eight bytes at a time: the highest bit of a byte is set where the byte is a line feed.
  private static func lineStarts(_ bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
    var starts = [0]
    starts.reserveCapacity(bytes.count / 32)
    var offset = 0
    while let start = bytes.baseAddress, offset + 8 <= bytes.count {
      let word = UInt64(littleEndian: UnsafeRawPointer(start + offset).loadUnaligned(as: UInt64.self))
      let others = word ^ 0x0A0A_0A0A_0A0A_0A0A
      let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
      var found = ~((others & low &+ low) | others | low)
      while found != 0 {
        starts.append(offset + found.trailingZeroBitCount / 8 + 1)
        found &= found &- 1
      }
      offset += 8
    }
    for last in offset..<bytes.count where bytes[last] == lineFeed { starts.append(last + 1) }
    return starts
  }

  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Whether the text begins with the UTF-8 byte order mark.
  package var hasByteOrderMark: Bool { bytes.starts(with: Self.byteOrderMark) }

  /// The position of the byte at `offset`; `bytes.count` gives the position after the last one.
  package func position(at offset: Int) -> SourcePosition {
    let line = lineIndex(at: offset)
    var start = lineStarts[line]
    if line == 0, hasByteOrderMark { start = min(Self.byteOrderMark.count, offset) }
    return SourcePosition(line: line + 1, column: scalars(from: start, to: offset) + 1)
  }

  package func range(of offsets: Range<Int>) -> SourceRange {
    SourceRange(start: position(at: offsets.lowerBound), end: position(at: offsets.upperBound))
  }

  /// The text of the line that holds `offset`, without its line break; `nil` for a line that is too long to show, such as
  /// that of a template without line breaks.
  package func line(at offset: Int) -> String? {
    let index = lineIndex(at: offset)
    var start = lineStarts[index]
    if index == 0, hasByteOrderMark { start = Self.byteOrderMark.count }
    var end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    guard end - start <= longestLine else { return nil }
    return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
  }

  private func lineIndex(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}

/// In bytes. Diagnostics carry their line, so that thousands of them must not carry megabytes each.
private let longestLine = 2000
private let lineFeed = UInt8(ascii: "\n")
