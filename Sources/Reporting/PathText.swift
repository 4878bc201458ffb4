import Diagnostics

/// A path as people read it: as it is, or in git's C-style quotes where it would not stay what it is.
struct PathText: CustomStringConvertible {
  let path: Path

  init(_ path: Path) { self.path = path }

  var description: String { needsQuotes ? quoted : path.description }

  /// Whether bytes of the path cannot be printed as they are. Not so for a `::` at its beginning.
  var isPrintable: Bool { path.isUTF8 && TerminalText.escaped(path.description) == path.description }

  private var needsQuotes: Bool {
    // A colon always follows: `:` alone would make a `::` at the beginning of the line.
    !isPrintable || LogCommand.begins("\(path):") || path.bytes.first == UInt8(ascii: "\"")
  }

  /// As git's `quote_c_style` with `core.quotePath=false`, and what `TerminalText` would write out in octal.
  private var quoted: String {
    var result = "\""
    var command = LogCommand()
    var parser = Unicode.UTF8.ForwardParser()
    var rest = path.bytes[...]
    var bytes = path.bytes.makeIterator()
    while true {
      switch parser.parseScalar(from: &bytes) {
      case .valid(let encoded):
        let scalar = Unicode.UTF8.decode(encoded)
        let isSafe = !command.opens(with: scalar) && TerminalText.pieces(of: [scalar]) == [String(scalar)]
        if let letter = Self.letters[scalar] {
          result += "\\\(letter)"
        } else {
          result += isSafe ? String(scalar) : rest.prefix(encoded.count).map(Self.octal).joined()
        }
        rest = rest.dropFirst(encoded.count)
      case .error(let length):
        result += rest.prefix(length).map(Self.octal).joined()
        rest = rest.dropFirst(length)
      case .emptyInput:
        return result + "\""
      }
    }
  }

  private static let letters: [Unicode.Scalar: String] = [
    "\u{07}": "a", "\u{08}": "b", "\t": "t", "\n": "n", "\u{0b}": "v", "\u{0c}": "f", "\r": "r",
    "\"": "\"", "\\": "\\",
  ]

  private static func octal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 8)
    return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
  }

  /// A path in an address, every byte but the plainest in percent signs.
  static func address(of path: Path) -> String {
    path.bytes.map { byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || plain.contains(scalar))
      let digits = String(byte, radix: 16, uppercase: true)
      return isPlain ? String(scalar) : byte < 16 ? "%0\(digits)" : "%\(digits)"
    }.joined()
  }

  private static let plain = Set("0123456789-._/".unicodeScalars)
}
