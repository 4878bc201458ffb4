package import Diagnostics
package import Templates

/// Files in memory.
package struct MemorySnapshot: Snapshot {
  package var files: [Path: [UInt8]]

  package init(files: [Path: [UInt8]]) { self.files = files }

  package func paths(under folder: Path) -> [Path] { files.keys.filter { $0.isInside(folder) }.sorted() }

  package func contents(of path: Path) -> FileContents? { files[path].map { .bytes($0) } }
}
