internal import CLibYAML

extension YAMLReader {
  /// Turns libyaml's marks, which count Unicode scalars, into byte offsets. Goes on from the last mark, since most
  /// marks come in the order of the source; a byte order mark in front of the text counts nothing.
  struct Marks {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let isASCII: Bool
    private var offset: Int
    /// How many scalars stand before `offset`.
    private var index = 0

    /// - Parameter isASCII: whether every scalar is one byte.
    init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isASCII: Bool) {
      self.bytes = bytes
      self.isASCII = isASCII
      offset = start
    }

    mutating func offset(of mark: yaml_mark_t) -> Int {
      if isASCII { return min(mark.index, bytes.count) }
      if mark.index < index { goBack(to: mark.index) } else { goOn(to: mark.index) }
      return offset
    }

    private mutating func goOn(to target: Int) {
      while index < target, offset < bytes.count {
        if isASCII(offset) {
          let step = min(8, target - index)
          index += step
          offset += step
        } else {
          offset += 1
          while offset < bytes.count, isContinuation(bytes[offset]) { offset += 1 }
          index += 1
        }
      }
    }

    private mutating func goBack(to target: Int) {
      while index > target, offset > 0 {
        offset -= 1
        while offset > 0, isContinuation(bytes[offset]) { offset -= 1 }
        index -= 1
      }
    }

    /// Whether eight bytes are ASCII.
    private func isASCII(_ offset: Int) -> Bool {
      guard let start = bytes.baseAddress, offset + 8 <= bytes.count else { return false }
      return UnsafeRawPointer(start + offset).loadUnaligned(as: UInt64.self) & 0x8080_8080_8080_8080 == 0
    }

    private func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
  }
}
