internal import CLibYAML

extension YAMLReader {
  /// Where a scalar ends, and where its text would begin if the source spells it as it is.
  struct ScalarPlace {
    let text: Int
    let end: Int
    /// Where the scalar ends for libyaml.
    private let limit: Int

    /// Finds the place of the scalar that begins at `start` and, as libyaml tells it, ends at `end`.
    init(
      _ style: yaml_scalar_style_t, in bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int
    ) {
      limit = end
      switch style {
      case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        text = start + 1
        self.end = end
      case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE:
        (text, self.end) = Self.block(in: bytes, from: start, to: end)
      default:
        text = start
        self.end = end
      }
    }

    /// Whether the source spells a value as it is.
    func spells(_ value: UnsafeBufferPointer<UInt8>, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
      guard text + value.count <= limit else { return false }
      // Without a way out of the loop it compares many bytes at a time.
      var difference: UInt8 = 0
      for index in 0..<value.count { difference |= value[index] ^ bytes[text + index] }
      return difference == 0
    }
  }
}

extension YAMLReader.ScalarPlace {
  /// A block scalar with its header ends at the end of the last line that is not blank, while libyaml takes in the
  /// blank lines after it.
  private static func block(
    in bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int
  ) -> (text: Int, end: Int) {
    var header = start + 1
    while header < end, isIndicator(bytes[header]) { header += 1 }
    var text = header
    while text < end, !isBreak(bytes[text]) { text += 1 }
    let lines = text
    while text < end, bytes[text] <= space { text += 1 }
    var last = end
    while last > lines, bytes[last - 1] <= space { last -= 1 }
    guard last > lines else { return (header, header) }
    while last < end, bytes[last] == space || bytes[last] == tab { last += 1 }
    return (text, last)
  }

  private static func isIndicator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte &- UInt8(ascii: "0") < 10
  }

  private static func isBreak(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }
}

private let space = UInt8(ascii: " ")
private let tab = UInt8(ascii: "\t")
