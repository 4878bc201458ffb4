import Diagnostics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is replaced as a whole: what is new is written beside it and then takes its name, with its mode. A link that
/// has the name is never followed.
struct FileReplacement {
  let path: Path
  /// The folder that the path starts from.
  let top: String
  /// Whether links lead to the file's folder: not in a repository, out of which they might lead.
  let followsLinks: Bool

  /// - Throws: when the file no longer holds the old bytes, so that nobody's work is lost.
  func replace(_ old: [UInt8], by new: [UInt8]) throws {
    let folder = try openFolder()
    defer { close(folder) }
    let name = cString(Array(path.bytes[(path.bytes.lastIndex(of: slash).map { $0 + 1 } ?? 0)...]))
    let mode = try mode(ifHolding: old, name, in: folder)
    let temporary = cString(Array(".precede-\(getpid()).tmp".utf8))
    let file = openat(folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode_t(0o600))
    guard file >= 0 else { throw failure }
    do {
      defer { close(file) }
      try write(new, to: file)
      guard fchmod(file, mode) == 0, fsync(file) == 0 else { throw failure }
    } catch {
      unlinkat(folder, temporary, 0)
      throw error
    }
    guard renameat(folder, temporary, folder, name) == 0 else {
      let failure = failure
      unlinkat(folder, temporary, 0)
      throw failure
    }
  }

  private func openFolder() throws -> Int32 {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
    let parent = Array(path.bytes[..<(path.bytes.lastIndex(of: slash).map { $0 + 1 } ?? 0)])
    var folder = parent.first == slash ? open(cString(parent), flags) : open(top, flags)
    for name in parent.split(separator: slash) where folder >= 0 && parent.first != slash {
      let next = openat(folder, cString(Array(name)), followsLinks ? flags : flags | O_NOFOLLOW)
      let reason = errno
      close(folder)
      errno = reason
      folder = next
    }
    guard folder >= 0 else { throw failure }
    return folder
  }

  private func mode(ifHolding bytes: [UInt8], _ name: [CChar], in folder: Int32) throws -> mode_t {
    let file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { throw failure }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw failure }
    var found = [UInt8](repeating: 0, count: bytes.count + 1)
    var count = 0
    while count < found.count {
      let got = found.withUnsafeMutableBytes { read(file, $0.baseAddress.map { $0 + count }, $0.count - count) }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { break }
      count += got
    }
    guard status.st_mode & S_IFMT == S_IFREG, found[..<count].elementsEqual(bytes) else {
      throw RunError("write \(path)", "it has changed while it was looked at")
    }
    return status.st_mode & 0o7777
  }

  private func write(_ bytes: [UInt8], to file: Int32) throws {
    try bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = systemWrite(file, UnsafeRawBufferPointer(rebasing: rest))
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw failure }
        rest = rest.dropFirst(count)
      }
    }
  }

  private var failure: RunError { RunError("write \(path)", String(cString: strerror(errno))) }

  private func cString(_ bytes: [UInt8]) -> [CChar] { bytes.map { CChar(bitPattern: $0) } + [0] }
}

/// The C function, which the method of the same name hides.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}

private let slash = UInt8(ascii: "/")
