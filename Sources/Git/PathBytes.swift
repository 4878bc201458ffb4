#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

/// Paths are raw bytes: git promises no encoding. C wants them with a NUL at the end.
extension [UInt8] {
  /// The bytes before the NUL.
  init(cString: UnsafePointer<CChar>) {
    self = UnsafeRawBufferPointer(start: cString, count: strlen(cString)).map { $0 }
  }

  func withCString<Result, Failure>(
    _ body: (UnsafePointer<CChar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try (map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { (bytes) throws(Failure) -> Result in
      try body(bytes.baseAddress!)
    }
  }

  /// For messages: what is not UTF-8 becomes U+FFFD.
  var text: String { String(decoding: self, as: UTF8.self) }

  /// The path of an entry in this folder; the empty path is the top.
  func appending(name: [UInt8]) -> [UInt8] { isEmpty ? name : self + [slash] + name }

  /// Whether the path lies below the folder. Everything lies below the empty path.
  func isBelow(_ folder: [UInt8]) -> Bool {
    folder.isEmpty || (count > folder.count && self[folder.count] == slash && starts(with: folder))
  }
}

let slash = UInt8(ascii: "/")
