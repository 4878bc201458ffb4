import Diagnostics
import Templates

/// Files in memory.
struct MemorySnapshot: Snapshot {
  var files: [Path: [UInt8]]

  func paths(under folder: Path) -> [Path] { files.keys.filter { $0.isInside(folder) }.sorted() }

  func contents(of path: Path) -> FileContents? { files[path].map { .bytes($0) } }
}
