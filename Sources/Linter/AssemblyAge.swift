import Diagnostics
import Git
import Templates

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// When an assembly on disk was made, against when the sources of its app were written.
struct AssemblyAge {
  private let folder: String
  private let made: Moment?

  init(of folder: String) {
    self.folder = folder
    made = Moment(of: folder + "/" + CloudAssembly.manifestName)
  }

  /// The newest source of an app that git tracks, if the assembly is older.
  func newerSource(of app: Path, in repository: Repository) throws -> Path? {
    guard var newest = made, let top = repository.workTree else { return nil }
    var found: Path?
    for bytes in try repository.trackedFiles(under: app.bytes) {
      let path = Path(bytes: bytes)
      let file = top + "/" + path.description
      guard path.isSource(ofApp: app), !file.hasPrefix(folder + "/"), let written = Moment(of: file),
        newest < written
      else { continue }
      newest = written
      found = path
    }
    return found
  }

  /// A time as the file system notes it.
  private struct Moment: Comparable {
    private let seconds: Int
    private let nanoseconds: Int

    init?(of file: String) {
      var status = stat()
      guard lstat(file, &status) == 0 else { return nil }
      #if canImport(Darwin)
        let time = status.st_mtimespec
      #else
        let time = status.st_mtim
      #endif
      seconds = time.tv_sec
      nanoseconds = time.tv_nsec
    }

    static func < (a: Moment, b: Moment) -> Bool { (a.seconds, a.nanoseconds) < (b.seconds, b.nanoseconds) }
  }
}
