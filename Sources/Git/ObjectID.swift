internal import CLibgit2

/// The id of an object: 20 bytes of SHA-1. The storage has room for the 32 bytes of SHA-256.
package struct ObjectID: Hashable, Sendable {
  private let bytes: SIMD32<UInt8>

  private static let count = 20

  /// From 40 hexadecimal digits; `nil` for anything else, abbreviated ids included.
  package init?(hex: some StringProtocol) {
    self.init(hexDigits: hex.utf8)
  }

  init?(hexDigits digits: some Collection<UInt8>) {
    guard digits.count == 2 * Self.count else { return nil }
    var bytes = SIMD32<UInt8>()
    for (index, digit) in digits.enumerated() {
      guard let value = Self.value(ofDigit: digit) else { return nil }
      bytes[index / 2] = bytes[index / 2] << 4 | value
    }
    self.bytes = bytes
  }

  private static func value(ofDigit digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  init(_ id: git_oid) {
    var bytes = SIMD32<UInt8>()
    withUnsafeBytes(of: id.id) { raw in
      for index in 0..<Self.count { bytes[index] = raw[index] }
    }
    self.bytes = bytes
  }

  /// The id as libgit2 wants it.
  var libraryID: git_oid {
    var id = git_oid()
    withUnsafeMutableBytes(of: &id.id) { raw in
      for index in 0..<Self.count { raw[index] = bytes[index] }
    }
    return id
  }

  /// All digits zero: how hooks write "no commit".
  package var isZero: Bool { bytes == SIMD32() }
}

extension ObjectID: CustomStringConvertible {
  /// 40 lower-case hexadecimal digits.
  package var description: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(2 * Self.count)
    for index in 0..<Self.count {
      text.append(digits[Int(bytes[index] >> 4)])
      text.append(digits[Int(bytes[index] & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
