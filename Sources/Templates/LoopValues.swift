/// The variables of the `Fn::ForEach` around a place, with the values that they have in one round.
struct LoopValues {
  private var values: [String: String] = [:]

  var isEmpty: Bool { values.isEmpty }

  subscript(variable: String) -> String? {
    get { values[variable] }
    set { values[variable] = newValue }
  }

  /// A text with its `${Variable}`, and its `&{Variable}`, which leaves out all but letters and digits; `nil` when
  /// it has none, or when it would be longer than the limit in bytes.
  func filled(_ text: String, limit: Int) -> String? {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var isChanged = false
    var index = 0
    while index < bytes.count {
      if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "{"),
        bytes[index] == UInt8(ascii: "$") || bytes[index] == UInt8(ascii: "&"),
        let close = bytes[index...].firstIndex(of: UInt8(ascii: "}")),
        let value = values[String(decoding: bytes[(index + 2)..<close], as: UTF8.self)]
      {
        let isShort = bytes[index] == UInt8(ascii: "&")
        result += isShort ? value.utf8.filter(Self.isLetterOrDigit) : Array(value.utf8)
        guard result.count <= limit else { return nil }
        isChanged = true
        index = close + 1
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return isChanged ? String(decoding: result, as: UTF8.self) : nil
  }

  /// The text that a call stands for: the `Ref` of a variable, or a `Fn::Sub` of nothing but known text.
  func text(ofCall node: Node) -> String? {
    guard let call = Intrinsic(node) else { return nil }
    switch call.name {
    case "Ref": return (call.argument.text ?? text(ofCall: call.argument)).flatMap { values[$0] }
    case "Sub":
      guard let string = call.argument.text else { return nil }
      let pieces = SubPiece.pieces(of: filled(string, limit: longest) ?? string)
      if pieces.isEmpty { return "" }
      guard pieces.count == 1, case .literal(let text) = pieces[0] else { return nil }
      return text
    default: return nil
    }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}

/// In bytes, of a text that a function makes.
private let longest = 1 << 20
