import Diagnostics
import Templates

/// Finds the template groups that files belong to, on either side of a change.
struct GroupSearch {
  private let new: GroupReader
  private let old: GroupReader?
  private var seen: Set<GroupReader.Key> = []
  /// How many of the files are templates, deleted ones included.
  private(set) var changed = 0
  private(set) var skipped: [Report.Skipped] = []

  init(new: GroupReader, old: GroupReader?) {
    self.new = new
    self.old = old
  }

  /// The groups that are not found yet of files, in the order of the files that lead to them.
  mutating func keys(holding paths: some Collection<Path>) throws -> [GroupReader.Key] {
    try new.prepare(paths)
    try old?.prepare(paths)
    return try paths.flatMap { try keys(holding: $0) }
  }

  private mutating func keys(holding path: Path) throws -> [GroupReader.Key] {
    let found = try new.keys(holding: path)
    let before = try old?.keys(holding: path) ?? []
    guard !found.isEmpty || !before.isEmpty else {
      if case .skipped(let reason) = try new.templates.read(path) { skipped.append(.init(path: path, reason: reason)) }
      return []
    }
    if path.name != CloudAssembly.manifestName { changed += 1 }
    return unseen(among: found + before)
  }

  /// Those of some groups that are not found yet; from now on they are.
  mutating func unseen(among keys: [GroupReader.Key]) -> [GroupReader.Key] { keys.filter { seen.insert($0).inserted } }
}
