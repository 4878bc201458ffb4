import Diagnostics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The files and folders that the user wants to hear of; everything when none was named.
struct PathFilter {
  let paths: [Path]

  func contains(_ path: Path) -> Bool { paths.isEmpty || paths.contains { path.isInside($0) } }
}

extension PathFilter {
  /// Paths as the user gave them, relative to the top of the repository; `nil` when one lies outside of it.
  init?(_ paths: [Path], in directory: String, relativeTo top: String) {
    let root = PathFilter.names(of: Path(top))
    var relative: [Path] = []
    for path in paths {
      let isAbsolute = path.bytes.first == UInt8(ascii: "/")
      let names = PathFilter.names(
        of: isAbsolute ? path : Path(bytes: Array(directory.utf8) + Array("/".utf8) + path.bytes))
      guard names.starts(with: root) else { return nil }
      relative.append(Path(bytes: names.dropFirst(root.count).joined(separator: "/".utf8)))
    }
    self.paths = relative
  }

  /// The names in a path without `.` and with `..` carried out.
  private static func names(of path: Path) -> [[UInt8]] {
    path.bytes.split(separator: UInt8(ascii: "/")).reduce(into: []) { names, name in
      if name.elementsEqual("..".utf8) {
        _ = names.popLast()
      } else if !name.elementsEqual(".".utf8) {
        names.append(Array(name))
      }
    }
  }

  /// The folder without symbolic links, as git names work trees; as it is where it does not exist.
  static func realPath(of directory: String) -> String {
    guard let resolved = realpath(directory, nil) else { return directory }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
