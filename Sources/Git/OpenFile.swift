#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A file or folder that is open for reading; closed with the value.
struct OpenFile: ~Copyable {
  let descriptor: Int32

  /// By an ordinary path, links followed. `nil` with `errno` when it cannot be opened.
  init?(_ path: String) {
    self.init(open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK))
  }

  private init?(_ descriptor: Int32) {
    guard descriptor >= 0 else { return nil }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// An entry of this folder; a link is not followed. `O_NONBLOCK` because a named pipe would wait for a
  /// writer.
  func entry(_ name: [UInt8], isFolder: Bool) -> OpenFile? {
    let flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | (isFolder ? O_DIRECTORY : 0)
    let opened = (name + [0]).withUnsafeBytes {
      openat(descriptor, $0.baseAddress!.assumingMemoryBound(to: CChar.self), flags)
    }
    return OpenFile(opened)
  }

  /// The status of an entry of this folder, of a link itself.
  func status(of name: [UInt8]) -> stat? {
    var status = stat()
    let code = (name + [0]).withUnsafeBytes {
      fstatat(descriptor, $0.baseAddress!.assumingMemoryBound(to: CChar.self), &status, AT_SYMLINK_NOFOLLOW)
    }
    return code == 0 ? status : nil
  }

  /// The names in this folder without `.` and `..`; `nil` with `errno` when they cannot be read.
  func names() -> [[UInt8]]? {
    // The stream closes the descriptor it is given.
    let copy = dup(descriptor)
    guard copy >= 0, let stream = fdopendir(copy) else { return nil }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 1) { [UInt8](cString: $0) }
      }
      if name != Array(".".utf8) && name != Array("..".utf8) { names.append(name) }
      errno = 0
    }
    return errno == 0 ? names : nil
  }

  var status: FileStatus? {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? FileStatus(status) : nil
  }

  /// What a link in this folder holds; `nil` when it is none.
  func target(ofLink name: [UInt8]) -> [UInt8]? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = (name + [0]).withUnsafeBytes {
      readlinkat(descriptor, $0.baseAddress!.assumingMemoryBound(to: CChar.self), &buffer, buffer.count)
    }
    return count < 0 ? nil : buffer[..<count].map { UInt8(bitPattern: $0) }
  }

  /// The size in bytes; `nil` when this is not a regular file.
  var size: Int? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// The bytes from here on, no more than `limit`. `nil` with `errno` when reading fails.
  func bytes(first limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while bytes.count < limit {
      let count = read(descriptor, &buffer, min(buffer.count, limit - bytes.count))
      if count < 0 && errno == EINTR { continue }
      if count < 0 { return nil }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return bytes
  }
}

/// What the operating system said about the last call that failed.
var lastSystemError: String { String(cString: strerror(errno)) }

/// Whether the last call failed because nothing is there, or only beyond a link that is not followed.
var isLastErrorAbsence: Bool { [ENOENT, ENOTDIR, ELOOP].contains(errno) }

extension String {
  /// Whether something is there, links followed.
  var isExistingPath: Bool { access(self, F_OK) == 0 }
}
