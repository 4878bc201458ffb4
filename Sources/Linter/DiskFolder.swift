import Diagnostics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder of ours on disk: made, filled and removed. Names are bytes, as git has them. No link is followed.
struct DiskFolder {
  private let path: [UInt8]

  init(_ path: String) { self.path = Array(path.utf8) }
  init(bytes: [UInt8]) { path = bytes }

  /// Makes the folder and those above it, for the user alone unless the mode says otherwise.
  func make(mode: mode_t = 0o700) throws {
    let ends = path.indices.dropFirst().filter { path[$0] == slash } + [path.endIndex]
    for end in ends where mkdir(Array(path[..<end]).cString, mode) != 0 && errno != EEXIST {
      let failure = failure("make the folder", Array(path[..<end]))
      // What exists above may be on a disk that is only read.
      if access(Array(path[..<end]).cString, F_OK) != 0 { throw failure }
    }
  }

  /// Writes a file that is not there yet; the folders above it are made.
  func write(_ bytes: [UInt8], to relative: [UInt8], isExecutable: Bool) throws {
    let file = try place(relative)
    let descriptor = open(
      file.cString, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, isExecutable ? 0o755 : 0o644)
    guard descriptor >= 0 else { throw failure("write", file) }
    defer { close(descriptor) }
    try bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: rest))
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw failure("write", file) }
        rest = rest.dropFirst(count)
      }
    }
  }

  func link(_ relative: [UInt8], to target: [UInt8]) throws {
    let file = try place(relative)
    guard symlink(target.cString, file.cString) == 0 else { throw failure("write", file) }
  }

  /// The absolute path of a file, whose folders are made. A tree that no git would write must not lead out of here.
  private func place(_ relative: [UInt8]) throws -> [UInt8] {
    let names = relative.split(separator: slash, omittingEmptySubsequences: false)
    guard names.allSatisfy({ !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8) }) else {
      throw RunError("write \(Path(bytes: relative))", "the path leads out of the checkout")
    }
    var folder = path
    for name in names.dropLast() {
      folder += [slash] + name
      guard mkdir(folder.cString, 0o700) == 0 || errno == EEXIST else { throw failure("make the folder", folder) }
      guard kind(of: folder) == S_IFDIR else {
        throw RunError("write \(Path(bytes: relative))", "a link is in its way")
      }
    }
    return folder + [slash] + (names.last ?? [])
  }

  /// Removes the folder with all that is in it, also where a program took the right to do so away.
  func remove() {
    if kind(of: path) == S_IFDIR {
      chmod(path.cString, 0o700)
      for name in names() { DiskFolder(bytes: path + [slash] + name).remove() }
      rmdir(path.cString)
    } else {
      unlink(path.cString)
    }
  }

  func removeEntries(olderThan seconds: Int) {
    for name in names() {
      let entry = DiskFolder(bytes: path + [slash] + name)
      var status = stat()
      guard lstat(entry.path.cString, &status) == 0, time(nil) - status.modified > seconds else { continue }
      entry.remove()
    }
  }

  /// Removes the files that an assembly uploads: they may be large, and nothing in them is read.
  func removeAssets() throws {
    guard kind(of: path) == S_IFDIR else { throw RunError("keep the assembly", "\(Path(bytes: path)) is no folder") }
    for name in names() {
      let entry = DiskFolder(bytes: path + [slash] + name)
      if name.starts(with: "asset.".utf8) {
        entry.remove()
      } else if name.starts(with: "assembly-".utf8), kind(of: entry.path) == S_IFDIR {
        try entry.removeAssets()
      }
    }
  }

  private func names() -> [[UInt8]] {
    guard let handle = opendir(path.cString) else { return [] }
    defer { closedir(handle) }
    var names: [[UInt8]] = []
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if !name.elementsEqual(".".utf8), !name.elementsEqual("..".utf8) { names.append(name) }
    }
    return names
  }

  private func kind(of path: [UInt8]) -> mode_t? {
    var status = stat()
    return lstat(path.cString, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  private func failure(_ operation: String, _ path: [UInt8]) -> RunError {
    RunError("\(operation) \(Path(bytes: path))", String(cString: strerror(errno)))
  }
}

/// The C function, which the method of the same name hides.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}

extension stat {
  /// Seconds since 1970.
  fileprivate var modified: time_t {
    #if canImport(Darwin)
      st_mtimespec.tv_sec
    #else
      st_mtim.tv_sec
    #endif
  }
}

extension [UInt8] {
  fileprivate var cString: [CChar] { map { CChar(bitPattern: $0) } + [0] }
}

private let slash = UInt8(ascii: "/")
