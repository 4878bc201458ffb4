import Diagnostics
import Templates

/// The old side, with files under the names that they have on the new side: what only moved keeps its old side.
struct RenamedSnapshot: Snapshot {
  let base: any Snapshot
  /// Old paths by new ones.
  let oldPaths: [Path: Path]

  func paths(under folder: Path) throws -> [Path] { try base.paths(under: folder) }

  func contents(of path: Path) throws -> FileContents? { try base.contents(of: oldPaths[path] ?? path) }
}
