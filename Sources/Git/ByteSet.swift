/// The bytes that `[…]` of a pattern stands for.
enum ByteSet {
  /// After the opening bracket. `nil` when it is not closed, or names a class that does not exist.
  static func read(_ rest: inout ArraySlice<UInt8>) -> Set<UInt8>? {
    var set: Set<UInt8> = []
    let isNegative = rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^")
    if isNegative { rest.removeFirst() }
    var isFirst = true
    var previous: UInt8?
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "]") && !isFirst { return isNegative ? all.subtracting(set) : set }
      isFirst = false
      if byte == UInt8(ascii: "-"), let start = previous, let next = rest.first, next != UInt8(ascii: "]") {
        guard let end = literal(rest.removeFirst(), &rest) else { return nil }
        if start <= end { set.formUnion(start...end) }
        previous = nil
      } else if byte == UInt8(ascii: "["), rest.first == UInt8(ascii: ":"),
        let end = rest.firstIndex(of: UInt8(ascii: "]")),
        end - rest.startIndex >= 2, rest[end - 1] == UInt8(ascii: ":")
      {
        let name = String(decoding: rest[(rest.startIndex + 1)..<(end - 1)], as: UTF8.self)
        guard let named = named(name) else { return nil }
        set.formUnion(named)
        rest = rest[(end + 1)...]
        previous = nil
      } else {
        guard let byte = literal(byte, &rest) else { return nil }
        set.insert(byte)
        previous = byte
      }
    }
    return nil
  }

  private static func literal(_ byte: UInt8, _ rest: inout ArraySlice<UInt8>) -> UInt8? {
    byte == UInt8(ascii: "\\") ? rest.popFirst() : byte
  }

  private static let all = Set(UInt8.min...UInt8.max)
  private static let lower = Set(UInt8(ascii: "a")...UInt8(ascii: "z"))
  private static let upper = Set(UInt8(ascii: "A")...UInt8(ascii: "Z"))
  private static let digits = Set(UInt8(ascii: "0")...UInt8(ascii: "9"))
  private static let graph = Set(UInt8(0x21)...0x7e)

  /// The classes of POSIX in the C locale.
  private static func named(_ name: String) -> Set<UInt8>? {
    switch name {
    case "alnum": lower.union(upper).union(digits)
    case "alpha": lower.union(upper)
    case "blank": [0x20, 0x09]
    case "cntrl": Set(0x00...0x1f).union([0x7f])
    case "digit": digits
    case "graph": graph
    case "lower": lower
    case "print": graph.union([0x20])
    case "punct": graph.subtracting(lower).subtracting(upper).subtracting(digits)
    case "space": Set(0x09...0x0d).union([0x20])
    case "upper": upper
    case "xdigit": digits.union(Array("abcdefABCDEF".utf8))
    default: nil
    }
  }
}
