import Diagnostics
import Templates

/// Finds the files that say how to check, on the side of the change that counts: `.precede.yml` and the baseline.
struct SideFile {
  let comparison: Comparison
  /// The absolute path of the current folder, to which the paths of options are relative.
  let directory: String
  /// The absolute path of the top of the repository; `nil` outside of any.
  let top: String?

  static let configuration: Path = ".precede.yml"

  struct Text {
    let path: Path
    let bytes: [UInt8]
    /// Whether it is no part of the side, so that the change has nothing to do with it.
    var isOnDisk = false
  }

  /// A file from the top, which need not be there.
  func text(at path: Path, on side: Settings.Side) throws -> Text? {
    if comparison.new is AssemblySnapshot {
      // An assembly holds nothing but templates; what is about it lies in the work tree.
      let disk = FolderSnapshot(directory: top ?? directory)
      guard side == .new, let contents = try disk.contents(of: path) else { return nil }
      return Text(path: path, bytes: try bytes(contents, path), isOnDisk: true)
    }
    guard let contents = try snapshot(side)?.contents(of: path) else { return nil }
    return Text(path: path, bytes: try bytes(contents, path))
  }

  /// A file that an option names, which must be there. What git has of it on that side counts; a file that git does not
  /// have is read from disk, unless the change could have brought it in while the base is to be trusted.
  func text(named name: String, on side: Settings.Side) throws -> Text {
    let disk = FolderSnapshot(directory: directory)
    let path = top.flatMap { PathFilter([Path(name)], in: directory, relativeTo: $0)?.paths.first }
    if let path, let text = try text(at: path, on: side) { return text }
    guard path == nil || side == .new, let contents = try disk.contents(of: Path(name)) else {
      throw RunError("read \(name)", side == .base ? "the base side has no such file" : "no such file")
    }
    return Text(path: path ?? Path(name), bytes: try bytes(contents, Path(name)), isOnDisk: true)
  }

  private func bytes(_ contents: FileContents, _ path: Path) throws(RunError) -> [UInt8] {
    switch contents {
    case .bytes(let bytes): return bytes
    case .tooLarge(let size, _):
      throw RunError(
        "read \(path)", "it is \(size) bytes long, and more than \(Limits.standard.size(of: path)) are not read")
    }
  }

  /// Whether there is a base whose word may count.
  var hasBase: Bool { comparison.old != nil && !(comparison.new is AssemblySnapshot) }

  private func snapshot(_ side: Settings.Side) -> (any Snapshot)? {
    side == .new ? comparison.new : comparison.old
  }
}
