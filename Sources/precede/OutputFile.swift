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
  let path: String
  let directory: String

  func write(_ text: String, appends: Bool = false) throws {
    guard let file = fopen(path.hasPrefix("/") ? path : directory + "/" + path, appends ? "a" : "w") else {
      throw RunError("write \(path)", String(cString: strerror(errno)))
    }
    let bytes = Array(text.utf8)
    let written = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, written == bytes.count else {
      throw RunError("write \(path)", String(cString: strerror(errno)))
    }
  }
}
