import Diagnostics
import Templates

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Files on disk that git has no part in. Paths are as the user gave them, relative ones to the current folder. Symbolic
/// links and what lies in a `.git` folder are left out.
struct FolderSnapshot: Snapshot {
  /// The absolute path of the current folder.
  let directory: String
  /// What the user named: all that there is.
  var roots: [Path] = []

  func paths(under folder: Path) throws -> [Path] {
    var found: [Path] = []
    var open = folder.bytes.isEmpty && !roots.isEmpty ? roots : [folder]
    while let path = open.popLast() {
      switch kind(of: path) {
      case .file: found.append(path)
      case .folder: open += try names(in: path).map(path.child)
      case nil: continue
      }
    }
    return found.sorted()
  }

  func contents(of path: Path) throws -> FileContents? {
    guard kind(of: path) == .file else { return nil }
    let descriptor = open(absolute(path), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw RunError("read \(path)", String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw RunError("read \(path)", String(cString: strerror(errno))) }
    let size = Int(status.st_size)
    guard size > Limits.standard.size(of: path) else { return .bytes(try bytes(of: descriptor, size, path)) }
    return .tooLarge(size: size, beginning: try bytes(of: descriptor, 64 << 10, path))
  }

  /// The names of the files that lie in a folder itself.
  func files(in folder: Path) throws -> [Path] {
    try names(in: folder.bytes.isEmpty ? "." : folder).map { Path(bytes: $0) }
      .filter { kind(of: folder.child($0.bytes)) == .file }
  }

  func exists(_ path: Path) -> Bool { kind(of: path) != nil }

  private enum Kind {
    case file, folder
  }

  private func kind(of path: Path) -> Kind? {
    var status = stat()
    guard lstat(absolute(path), &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return nil
    }
  }

  private func names(in folder: Path) throws -> [[UInt8]] {
    guard let handle = opendir(absolute(folder)) else {
      throw RunError("read \(folder)", String(cString: strerror(errno)))
    }
    defer { closedir(handle) }
    var names: [[UInt8]] = []
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != [dot], name != [dot, dot], name != Array(".git".utf8) { names.append(name) }
    }
    return names
  }

  /// Reads up to `size` bytes; fewer where the file has become shorter.
  private func bytes(of descriptor: Int32, _ size: Int, _ path: Path) throws -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
        if got < 0 { failure = errno }
        guard got > 0 else { return }
        count += got
      }
    }
    guard failure == 0 else { throw RunError("read \(path)", String(cString: strerror(failure))) }
    return bytes
  }

  private func absolute(_ path: Path) -> [CChar] {
    let bytes = path.bytes.first == slash ? path.bytes : Array(directory.utf8) + [slash] + path.bytes
    return (bytes + [0]).map { CChar(bitPattern: $0) }
  }
}

extension Path {
  /// A file in this folder; a folder given as `.` adds nothing to the names in it.
  fileprivate func child(_ name: [UInt8]) -> Path {
    if bytes.isEmpty || bytes == [dot] { return Path(bytes: name) }
    return Path(bytes: bytes.last == slash ? bytes + name : bytes + [slash] + name)
  }
}

private let slash = UInt8(ascii: "/")
private let dot = UInt8(ascii: ".")
