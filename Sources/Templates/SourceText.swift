package import Diagnostics

/// The bytes of a file: the one place that turns byte offsets into lines and columns.
///
/// Lines end at a line feed and nowhere else, as in git and editors. A byte order mark at the beginning belongs to no
/// column.
package struct SourceText: Sendable {
  package let bytes: [UInt8]
  /// What stands before each block of bytes, so that nobody counts from the beginning: a template without line breaks is
  /// one line of megabytes, and one of many lines is asked for thousands of places.
  private let counts: [Count]

  private struct Count {
    var lineFeeds: UInt32 = 0
    /// Scalars that begin.
    var scalars: UInt32 = 0
  }

  /// In bytes: a word's eight numbers of eight bits can count as many.
  private static let block = 128

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    counts = bytes.withUnsafeBytes { bytes in
      var count = Count()
      var counts = [count]
      counts.reserveCapacity(bytes.count / Self.block + 1)
      for start in stride(from: 0, to: bytes.count - bytes.count % Self.block, by: Self.block) {
        Self.add(wordsIn: start..<start + Self.block, of: bytes, to: &count)
        counts.append(count)
      }
      return counts
    }
  }

  /// Counts in eight bytes at a time, a block at most: the lowest bit of a byte is set where one is found.
  @inline(__always)
  private static func add(wordsIn range: Range<Int>, of bytes: UnsafeRawBufferPointer, to count: inout Count) {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let lows = ones &* 0x7F
    var lineFeeds: UInt64 = 0
    var continuations: UInt64 = 0
    for offset in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
      let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let others = word ^ (ones &* UInt64(lineFeed))
      lineFeeds &+= ~((others & lows &+ lows) | others) >> 7 & ones
      continuations &+= word >> 7 & ~word >> 6 & ones
    }
    // The product adds all eight numbers in its highest byte.
    count.lineFeeds &+= UInt32(truncatingIfNeeded: (lineFeeds &* ones) >> 56)
    // Every scalar has exactly one byte that is no continuation byte.
    let scalars = UInt64(range.count) - (continuations &* ones) >> 56
    count.scalars &+= UInt32(truncatingIfNeeded: scalars)
  }

  /// What stands before an offset.
  private func count(before offset: Int) -> Count {
    var count = counts[offset / Self.block]
    let words = offset - offset % Self.block..<offset - offset % 8
    bytes.withUnsafeBytes { Self.add(wordsIn: words, of: $0, to: &count) }
    for byte in bytes[words.upperBound..<offset] {
      if byte == lineFeed { count.lineFeeds += 1 }
      if Int8(bitPattern: byte) >= -64 { count.scalars += 1 }
    }
    return count
  }

  var scalarCount: Int { Int(count(before: bytes.count).scalars) }

  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Whether the text begins with the UTF-8 byte order mark.
  package var hasByteOrderMark: Bool { bytes.starts(with: Self.byteOrderMark) }

  /// The position of the byte at `offset`; `bytes.count` gives the position after the last one.
  package func position(at offset: Int) -> SourcePosition {
    let count = count(before: offset)
    let start = min(lineStart(before: offset, count), offset)
    return SourcePosition(
      line: Int(count.lineFeeds) + 1, column: Int(count.scalars - self.count(before: start).scalars) + 1)
  }

  /// The offset of the byte at a position, of the line break too; `nil` where the text has no such place.
  package func offset(of position: SourcePosition) -> Int? {
    guard position.line > 0, position.column > 0 else { return nil }
    var offset = hasByteOrderMark && position.line == 1 ? Self.byteOrderMark.count : 0
    if position.line > 1 {
      let block = counts.firstIndex { $0.lineFeeds >= position.line - 1 } ?? counts.count
      offset = (block - 1) * Self.block
      for _ in Int(counts[block - 1].lineFeeds)..<position.line - 1 {
        guard let feed = bytes[offset...].firstIndex(of: lineFeed) else { return nil }
        offset = feed + 1
      }
    }
    for _ in 1..<position.column {
      guard offset < bytes.count, bytes[offset] != lineFeed else { return nil }
      offset += 1
      while offset < bytes.count, Int8(bitPattern: bytes[offset]) < -64 { offset += 1 }
    }
    return offset
  }

  package func range(of offsets: Range<Int>) -> SourceRange {
    SourceRange(start: position(at: offsets.lowerBound), end: position(at: offsets.upperBound))
  }

  /// The text of the line that holds `offset`, without its line break; `nil` for a line that is too long to show, such as
  /// that of a template without line breaks.
  package func line(at offset: Int) -> String? {
    let start = lineStart(before: offset, count(before: offset))
    let from = max(start, offset)
    // With more bytes than these, two of them for its break, the line is too long.
    let rest = bytes[from...].prefix(max(0, start + longestLine + 2 - from))
    var end = rest.firstIndex(of: lineFeed) ?? rest.endIndex
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    guard end - start <= longestLine else { return nil }
    return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
  }

  /// Where the line that holds an offset begins, behind a byte order mark.
  private func lineStart(before offset: Int, _ count: Count) -> Int {
    guard count.lineFeeds > 0 else { return hasByteOrderMark ? Self.byteOrderMark.count : 0 }
    // The last line feed stands in the block behind which there are as many as before the offset.
    var low = 0
    var high = offset / Self.block + 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if counts[middle].lineFeeds < count.lineFeeds { low = middle } else { high = middle }
    }
    let end = min(offset, (low + 1) * Self.block)
    return (bytes[low * Self.block..<end].lastIndex(of: lineFeed) ?? end) + 1
  }
}

/// In bytes. Diagnostics carry their line, so that thousands of them must not carry megabytes each.
private let longestLine = 2000
private let lineFeed = UInt8(ascii: "\n")

extension SourceText {
  /// Whether the text is a mapping of JSON and not YAML, for what is written into it or pasted there.
  package var isJSON: Bool { bytes.first { $0 > 0x20 && $0 < 0x80 } == UInt8(ascii: "{") }
}
