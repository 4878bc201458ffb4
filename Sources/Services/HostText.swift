import Deployment

/// A text as one byte for each of its scalars, which is all that finding hosts has to tell apart: ASCII is itself, other
/// white space a blank, a hole `hole` and anything else `other`.
struct HostText {
  private(set) var units: [UInt8] = []
  private let bytes: [UInt8]
  /// Where each unit begins in `bytes`, and the end; empty where each is one byte.
  private var starts: [Int] = []

  static let hole: UInt8 = 0xFF
  private static let other: UInt8 = 0xFE

  init(_ text: String) {
    bytes = Array(text.utf8)
    guard bytes.contains(where: { $0 >= 0x80 }) else {
      units = bytes
      return
    }
    var start = 0
    for scalar in text.unicodeScalars {
      starts.append(start)
      start += UTF8.width(scalar)
      if scalar.isASCII {
        units.append(UInt8(truncatingIfNeeded: scalar.value))
      } else if HoleTable.isHole(scalar) {
        units.append(HostText.hole)
      } else {
        units.append(scalar.properties.isWhitespace ? UInt8(ascii: " ") : HostText.other)
      }
    }
    starts.append(start)
  }

  var indices: Range<Int> { 0..<units.count }

  subscript(index: Int) -> UInt8 { units[index] }

  /// The text of some units.
  func string(_ range: Range<Int>) -> String { String(decoding: bytes[place(of: range)], as: UTF8.self) }

  /// The same in lower case.
  func lowercased(_ range: Range<Int>) -> String {
    // Holes are the same in both cases.
    guard allSatisfy(range, { $0 != HostText.other }) else { return string(range).lowercased() }
    let place = place(of: range)
    return String(unsafeUninitializedCapacity: place.count) { lower in
      for (index, byte) in zip(lower.indices, bytes[place]) {
        lower[index] = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
      }
      return place.count
    }
  }

  private func place(of range: Range<Int>) -> Range<Int> {
    starts.isEmpty ? range : starts[range.lowerBound]..<starts[range.upperBound]
  }

  /// Whether some units are this ASCII text.
  func matches(_ range: Range<Int>, _ text: StaticString) -> Bool {
    range.count == text.utf8CodeUnitCount && begins(range, with: text)
  }

  /// Whether some units begin with this ASCII text.
  func begins(_ range: Range<Int>, with text: StaticString) -> Bool {
    guard range.count >= text.utf8CodeUnitCount else { return false }
    for index in 0..<text.utf8CodeUnitCount where units[range.lowerBound + index] != text.utf8Start[index] {
      return false
    }
    return true
  }

  /// The first of some units that is such; the end of the range where none is.
  @inline(__always)
  func first(in range: Range<Int>, where isWanted: (UInt8) -> Bool) -> Int {
    var index = range.lowerBound
    while index < range.upperBound, !isWanted(units[index]) { index += 1 }
    return index
  }

  /// Whether all of some units are such.
  @inline(__always)
  func allSatisfy(_ range: Range<Int>, _ isWanted: (UInt8) -> Bool) -> Bool {
    first(in: range) { !isWanted($0) } == range.upperBound
  }

  /// Some units without those at the end that are such.
  @inline(__always)
  func droppingLast(of range: Range<Int>, while isUnwanted: (UInt8) -> Bool) -> Range<Int> {
    var end = range.upperBound
    while end > range.lowerBound, isUnwanted(units[end - 1]) { end -= 1 }
    return range.lowerBound..<end
  }

  /// The parts of some units between those that separate; none is empty.
  @inline(__always)
  func split(_ range: Range<Int>, by separates: (UInt8) -> Bool) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    while true {
      let end = first(in: start..<range.upperBound, where: separates)
      if end > start { parts.append(start..<end) }
      guard end < range.upperBound else { return parts }
      start = end + 1
    }
  }
}

extension UInt8 {
  var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

  var isSpace: Bool { self == UInt8(ascii: " ") || 0x09...0x0D ~= self }

  /// Whether it may stand in the name of a host.
  var isHost: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), HostText.hole:
      true
    default: false
    }
  }

  /// Whether it ends a URL in any of the languages that one may stand in: white space, or one of "'`<>()[]{}\;|
  var endsURL: Bool {
    switch self {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"), UInt8(ascii: "\\"), UInt8(ascii: ";"), UInt8(ascii: "|"):
      true
    default: isSpace
    }
  }

  /// Whether it stands between words: white space, or one of "',;()[]{}<>
  var separatesWords: Bool {
    switch self {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "("),
      UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
      UInt8(ascii: "<"), UInt8(ascii: ">"):
      true
    default: isSpace
    }
  }
}
