/// A pattern with `*`, `?`, `[…]` and `**`, matched as git's wildmatch.c does for paths. It runs as an
/// automaton, so that no pattern costs more than its length times that of the path.
package struct Wildcard: Hashable, Sendable {
  private enum Token: Hashable {
    case byte(UInt8)
    /// Any byte of the set; no set here ever holds the slash.
    case oneOf(Set<UInt8>)
    /// `*`: any bytes but the slash.
    case anyName
    /// `**` at the end: any bytes.
    case anything
    /// `**/`: no folder, or some, each with its slash.
    case folders
  }

  private var tokens: [Token] = []
  private let ignoresCase: Bool

  /// `nil` when the pattern is malformed and so matches nothing.
  package init?(_ pattern: ArraySlice<UInt8>, ignoringCase: Bool) {
    ignoresCase = ignoringCase
    var rest = ignoringCase ? ArraySlice(pattern.map(Self.lowercased)) : pattern
    var isAtStart = true
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\\"):
        guard let escaped = rest.popFirst() else { return nil }
        tokens.append(.byte(escaped))
      case UInt8(ascii: "?"): tokens.append(.oneOf(Self.allButSlash))
      case UInt8(ascii: "["):
        guard let set = ByteSet.read(&rest) else { return nil }
        tokens.append(.oneOf(set.subtracting([slash])))
      case UInt8(ascii: "*"): tokens.append(Self.stars(&rest, isAtStart: isAtStart))
      default: tokens.append(.byte(byte))
      }
      isAtStart = byte == slash
      if case .folders = tokens[tokens.count - 1] { isAtStart = true }
    }
  }

  /// After the first star. Two are more than one only as a whole part of a path.
  private static func stars(_ rest: inout ArraySlice<UInt8>, isAtStart: Bool) -> Token {
    guard rest.first == UInt8(ascii: "*") else { return .anyName }
    rest = rest.drop { $0 == UInt8(ascii: "*") }
    guard isAtStart else { return .anyName }
    if rest.isEmpty { return .anything }
    guard rest.first == slash else { return .anyName }
    rest.removeFirst()
    return .folders
  }

  package func matches(_ text: ArraySlice<UInt8>) -> Bool {
    var states = States(count: tokens.count)
    enter(0, &states)
    for byte in text {
      var next = States(count: tokens.count)
      for index in tokens.indices {
        if states.isInsideFolder[index] {
          if byte == slash { enter(index, &next) } else { next.isInsideFolder[index] = true }
        }
        if states.isActive[index] { step(index, ignoresCase ? Self.lowercased(byte) : byte, &next) }
      }
      states = next
    }
    return states.isActive[tokens.count]
  }

  private struct States {
    /// Whether the token at the index may come next; behind the last token the pattern is done.
    var isActive: [Bool]
    /// Whether `folders` at the index has read a part of a name.
    var isInsideFolder: [Bool]

    init(count: Int) {
      isActive = Array(repeating: false, count: count + 1)
      isInsideFolder = Array(repeating: false, count: count + 1)
    }
  }

  private func enter(_ index: Int, _ states: inout States) {
    var index = index
    while !states.isActive[index] {
      states.isActive[index] = true
      guard index < tokens.count else { return }
      switch tokens[index] {
      case .anyName, .anything, .folders: index += 1
      case .byte, .oneOf: return
      }
    }
  }

  private func step(_ index: Int, _ byte: UInt8, _ next: inout States) {
    switch tokens[index] {
    case .byte(let expected): if byte == expected { enter(index + 1, &next) }
    case .oneOf(let set): if set.contains(byte) { enter(index + 1, &next) }
    case .anyName: if byte != slash { enter(index, &next) }
    case .anything: enter(index, &next)
    case .folders: if byte != slash { next.isInsideFolder[index] = true }
    }
  }

  private static let allButSlash = Set(UInt8.min...UInt8.max).subtracting([slash])

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
  }
}
