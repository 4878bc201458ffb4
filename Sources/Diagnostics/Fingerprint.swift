/// The stable identity of a diagnostic: rule, path of the template, logical IDs of both ends, other resource and
/// endpoint, then a counter in order of place. Never a line, so that it survives edits elsewhere in the file.
package enum Fingerprint {
  /// Gives every diagnostic its fingerprint. The diagnostics must be sorted: repeats are counted in that order.
  package static func assign(to diagnostics: inout [Diagnostic]) {
    var seen: [[String]: Int] = [:]
    for index in diagnostics.indices {
      let parts = [diagnostics[index].rule] + diagnostics[index].identity
      let count = seen[parts, default: 0]
      seen[parts] = count + 1
      diagnostics[index].fingerprint = digits(of: parts + [String(count)])
    }
  }

  /// 32 lower-case hexadecimal digits that stand for a list of words: FNV-1a of 128 bits, with the published offset basis and prime.
  package static func digits(of parts: [String]) -> String {
    var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
    let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013b
    for part in parts {
      // 0xFF never occurs in UTF-8, so it keeps ["ab", "c"] and ["a", "bc"] apart.
      for byte in part.utf8 { hash = (hash ^ UInt128(byte)) &* prime }
      hash = (hash ^ 0xff) &* prime
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }
}
