import Linter

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that the user asked to be written.
struct OutputFile {
  /// The absolute path.
  private let file: String
  /// As the user gave it.
  private let name: String

  init(path: String, directory: String) {
    file = path.hasPrefix("/") ? path : directory + "/" + path
    name = path
  }

  func write(_ text: String, appends: Bool = false) throws {
    if let link { throw RunError("write \(name)", "\(link) is a symbolic link in the repository") }
    guard let stream = fopen(file, appends ? "a" : "w") else { throw failure }
    let bytes = Array(text.utf8)
    let written = fwrite(bytes, 1, bytes.count, stream)
    guard fclose(stream) == 0, written == bytes.count else { throw failure }
  }

  private var failure: RunError { RunError("write \(name)", String(cString: strerror(errno))) }

  /// The first symbolic link below the top of a work tree: whoever proposes a change may have put it there, so that what a
  /// CI writes would go elsewhere.
  private var link: String? {
    var status = stat()
    var prefix = ""
    var isInside = false
    for component in file.split(separator: "/") {
      // The folder that holds `.git` may itself be reached by a link, which then is the user's.
      isInside = component != ".." && isInside || lstat("\(prefix)/.git", &status) == 0
      prefix += "/\(component)"
      if isInside, lstat(prefix, &status) == 0, status.st_mode & S_IFMT == S_IFLNK { return prefix }
    }
    return nil
  }
}
