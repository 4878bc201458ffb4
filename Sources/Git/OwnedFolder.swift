internal import CLibgit2

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

/// The folder whose owner git and libgit2 ask for, and which `safe.directory` must name: the top of the work
/// tree, or a bare repository itself.
enum OwnedFolder {
  /// `nil` when there is no repository at the path or above it.
  static func found(from path: String) -> String? {
    guard let gitDirectory = gitDirectory(from: path) else { return nil }
    var folder = resolved(path)
    while let current = folder, current != "/" {
      if (current + "/.git").isExistingPath { return current }
      if current == gitDirectory { break }
      folder = current.lastIndex(of: "/").map { $0 == current.startIndex ? "/" : String(current[..<$0]) }
    }
    return gitDirectory.hasSuffix("/.git") ? String(gitDirectory.dropLast("/.git".count)) : gitDirectory
  }

  /// Without a slash at the end. Discovery, unlike opening, asks for no owner and no format.
  static func gitDirectory(from path: String) -> String? {
    var buffer = git_buf()
    defer {
      git_buf_dispose(&buffer)
      git_error_clear()
    }
    guard git_repository_discover(&buffer, path, 1, nil) == 0, let found = buffer.ptr else { return nil }
    let text = String(cString: found)
    return text.hasSuffix("/") ? String(text.dropLast()) : text
  }

  private static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}
