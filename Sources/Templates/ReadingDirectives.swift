extension YAMLReader {
  /// Refuses what only an attack has: libyaml compares every `%TAG` directive with all before it, and 5 MB of them
  /// take more than 100 seconds. Counts them anywhere, since libyaml finds a directive after line breaks of five kinds.
  static func checkDirectives(in bytes: UnsafeBufferPointer<UInt8>) throws(ReadingError) {
    let limit = 1000
    // Counts many bytes at a time; nearly every file is done with it.
    var percentSigns: UInt32 = 0
    for byte in bytes { percentSigns &+= byte == UInt8(ascii: "%") ? 1 : 0 }
    guard percentSigns > limit else { return }
    var directives = 0
    for start in 0..<max(bytes.count - 3, 0) where bytes[start] == UInt8(ascii: "%") {
      guard bytes[start..<start + 4].elementsEqual("%TAG".utf8) else { continue }
      directives += 1
      if directives > limit {
        throw ReadingError("the file has more than \(limit) %TAG directives", at: start)
      }
    }
  }
}
