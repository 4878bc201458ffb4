internal import CLibgit2

/// The id of an object: 20 bytes of SHA-1 or 32 of SHA-256.
package struct ObjectID: Hashable, Sendable {
  /// What is beyond `count` is zero.
  private let bytes: SIMD32<UInt8>
  private let count: UInt8

  private static let counts = [20, 32]

  /// From 40 or 64 hexadecimal digits; `nil` for anything else, abbreviated ids included.
  package init?(hex: some StringProtocol) {
    self.init(hexDigits: hex.utf8)
  }

  init?(hexDigits digits: some Collection<UInt8>) {
    guard digits.count % 2 == 0, Self.counts.contains(digits.count / 2) else { return nil }
    var bytes = SIMD32<UInt8>()
    for (index, digit) in digits.enumerated() {
      guard let value = Self.value(ofDigit: digit) else { return nil }
      bytes[index / 2] = bytes[index / 2] << 4 | value
    }
    self.init(bytes, count: digits.count / 2)
  }

  private static func value(ofDigit digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// From the bytes themselves, as trees hold them.
  init?(raw: some Collection<UInt8>) {
    guard Self.counts.contains(raw.count) else { return nil }
    var bytes = SIMD32<UInt8>()
    for (index, byte) in raw.enumerated() { bytes[index] = byte }
    self.init(bytes, count: raw.count)
  }

  /// From the 20 bytes of SHA-1 with which something begins that is at least as long.
  init(sha1 raw: Slice<UnsafeRawBufferPointer>) {
    var bytes = SIMD32<UInt8>()
    for index in 0..<20 { bytes[index] = raw[raw.startIndex + index] }
    self.init(bytes, count: 20)
  }

  init(_ id: git_oid) {
    var bytes = SIMD32<UInt8>()
    withUnsafeBytes(of: id.id) { raw in
      for index in 0..<20 { bytes[index] = raw[index] }
    }
    self.init(bytes, count: 20)
  }

  private init(_ bytes: SIMD32<UInt8>, count: Int) {
    self.bytes = bytes
    self.count = UInt8(count)
  }

  /// The id as libgit2 wants it, which knows none of 32 bytes.
  var libraryID: git_oid {
    var id = git_oid()
    withUnsafeMutableBytes(of: &id.id) { raw in
      for index in 0..<20 { raw[index] = bytes[index] }
    }
    return id
  }

  /// How many bytes an id of the same repository has.
  var byteCount: Int { Int(count) }

  /// The bytes themselves, as trees hold them.
  var raw: [UInt8] { (0..<byteCount).map { bytes[$0] } }

  /// All digits zero: how hooks write "no commit".
  package var isZero: Bool { bytes == SIMD32() }
}

extension ObjectID: CustomStringConvertible {
  /// 40 or 64 lower-case hexadecimal digits.
  package var description: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(2 * byteCount)
    for index in 0..<byteCount {
      text.append(digits[Int(bytes[index] >> 4)])
      text.append(digits[Int(bytes[index] & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
