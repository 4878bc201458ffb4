package import Diagnostics

/// The files of one side of a change: a commit's tree, the index, the work tree or a folder. Sides never mix, so that
/// a staged client is never judged against an unstaged server.
package protocol Snapshot {
  /// The files below a folder, sorted; everything for the empty path. Symbolic links and submodules are none.
  func paths(under folder: Path) throws -> [Path]

  /// The bytes of a file, `nil` when there is none.
  func contents(of path: Path) throws -> FileContents?

  /// Whether a file is one of those that are listed. A work tree holds others, too.
  func lists(_ path: Path) throws -> Bool
}

extension Snapshot {
  package func lists(_ path: Path) throws -> Bool { try contents(of: path) != nil }
}

/// What a snapshot has of a file.
package enum FileContents: Sendable {
  case bytes([UInt8])
  /// Above the size limit: its size in bytes, and the first 64 KiB to tell what it is.
  case tooLarge(size: Int, beginning: [UInt8])
}
