import Diagnostics
import Templates

/// A side with some of its files as edits make them.
struct EditedSnapshot: Snapshot {
  let base: any Snapshot
  var files: [Path: [UInt8]] = [:]

  func paths(under folder: Path) throws -> [Path] { try base.paths(under: folder) }

  func lists(_ path: Path) throws -> Bool { try base.lists(path) }

  func contents(of path: Path) throws -> FileContents? {
    try files[path].map { .bytes($0) } ?? base.contents(of: path)
  }
}
