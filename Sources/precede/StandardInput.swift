import Linter

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What somebody writes to the program.
enum StandardInput {
  /// All of it up to its end; `nil` for a terminal, since nobody expects to have to type there.
  ///
  /// - Parameter isAwaited: whether there must be an end. Without, a caller that leaves a pipe open and writes nothing is
  ///   not waited for longer than git would need.
  static func read(isAwaited: Bool) throws -> String? {
    var status = stat()
    guard isatty(STDIN_FILENO) == 0, fstat(STDIN_FILENO, &status) == 0 else { return isAwaited ? nil : "" }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while isAwaited || isReady {
      let count = systemRead(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw RunError("read standard input", String(cString: strerror(errno))) }
      if count == 0 { break }
      bytes += buffer[..<count]
      guard bytes.count <= limit else { throw RunError("read standard input", "it is longer than \(limit) bytes") }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether there is something to read, or the end, soon.
  private static var isReady: Bool {
    var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, patience) > 0
  }

  /// In milliseconds. git writes as soon as the hook has started.
  private static let patience: Int32 = 2000
  /// A push of a hundred thousand references.
  private static let limit = 64 << 20
}

/// The C function, which the method of the same name hides.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}
