/// Walks a tree and an index together. A folder is not opened when the index remembers that it has the same tree, so that
/// what is staged costs what it is and not what the repository is.
struct IndexDifference {
  private let index: IndexFile
  private let tree: (ObjectID) throws(GitError) -> Tree
  private var deltas: [Delta] = []
  /// Folders to compare, and not recursion: depth must not cost stack.
  private var waiting: [Folder] = []

  private struct Folder {
    let path: [UInt8]
    let tree: ObjectID?
    /// In the cache tree.
    let cached: Int?
    let entries: Range<Int>
  }

  /// A file or a folder of the index.
  private struct Item {
    let name: ArraySlice<UInt8>
    let isFolder: Bool
    let entries: Range<Int>
    let cached: Int?
  }

  /// - Parameter tree: reads one.
  static func deltas(
    from root: ObjectID?, to index: IndexFile, reading tree: @escaping (ObjectID) throws(GitError) -> Tree
  ) throws(GitError) -> [Delta] {
    var difference = IndexDifference(index: index, tree: tree)
    let whole = index.cacheTree?.tree(0)?.entries ?? index.count
    let cached = index.cacheTree == nil || whole != index.count ? nil : 0
    difference.compare(Folder(path: [], tree: root, cached: cached, entries: 0..<index.count))
    while let folder = difference.waiting.popLast() { try difference.open(folder) }
    return difference.deltas
  }

  private init(index: IndexFile, tree: @escaping (ObjectID) throws(GitError) -> Tree) {
    self.index = index
    self.tree = tree
  }

  private mutating func compare(_ folder: Folder) {
    if let cached = folder.cached, let id = index.cacheTree?.tree(cached)?.id, id == folder.tree { return }
    waiting.append(folder)
  }

  private mutating func open(_ folder: Folder) throws(GitError) {
    var before = try folder.tree.map(tree)?.entries[...] ?? []
    var rest = folder.entries
    let cached = folder.cached.flatMap { index.cacheTree?.folders(in: $0) } ?? [:]
    var next = item(in: folder.path, &rest, cached)
    while before.first != nil || next != nil {
      let old = before.first
      if let old, let new = next, old.name == new.name, old.mode.isFolder == new.isFolder {
        note(old, new, in: folder.path)
        before.removeFirst()
        next = item(in: folder.path, &rest, cached)
      } else if let old, next.map({ old.precedes($0.name, isFolder: $0.isFolder) }) ?? true {
        note(old, nil, in: folder.path)
        before.removeFirst()
      } else {
        note(nil, next, in: folder.path)
        next = item(in: folder.path, &rest, cached)
      }
    }
  }

  private mutating func note(_ old: TreeEntry?, _ new: Item?, in folder: [UInt8]) {
    guard let name = old?.name ?? new?.name else { return }
    let path = folder.appending(name: Array(name))
    if old?.mode.isFolder ?? new?.isFolder ?? false {
      compare(Folder(path: path, tree: old?.id, cached: new?.cached, entries: new?.entries ?? 0..<0))
      return
    }
    // A file with conflicts has no version that is staged.
    let version = new.flatMap { index.stage($0.entries.lowerBound) == 0 ? index.version($0.entries.lowerBound) : nil }
    if new == nil || version == nil || old?.version != version {
      deltas.append(Delta(path: path, old: old?.version, new: version))
    }
  }

  /// Takes the first file or folder off the entries of a folder.
  private func item(in folder: [UInt8], _ rest: inout Range<Int>, _ cached: [ArraySlice<UInt8>: Int]) -> Item? {
    guard let number = rest.first else { return nil }
    let path = index.path(number)
    let start = folder.isEmpty ? 0 : folder.count + 1
    let name = path[start...].prefix { $0 != slash }
    let isFolder = name.endIndex < path.count
    let whole = UnsafeRawBufferPointer(rebasing: path[..<name.endIndex])
    let isOther = { (other: Int) in !index.path(other).isOf(whole, isFolder: isFolder) }
    var known = isFolder ? cached[ArraySlice(name)] : nil
    var end = known.flatMap { index.cacheTree?.tree($0)?.entries }.map { number + $0 }
    // A count that leads elsewhere is none of this folder.
    if let claimed = end {
      let isRight = claimed > number && claimed <= rest.upperBound && !isOther(claimed - 1)
      if !isRight || (claimed < rest.upperBound && !isOther(claimed)) { (known, end) = (nil, nil) }
    }
    let entries = number..<(end ?? index.first(from: number, where: isOther))
    rest = entries.upperBound..<rest.upperBound
    return Item(name: ArraySlice(name), isFolder: isFolder, entries: entries, cached: known)
  }
}

extension UnsafeRawBufferPointer {
  /// Whether a path is another, or lies in it.
  fileprivate func isOf(_ other: UnsafeRawBufferPointer, isFolder: Bool) -> Bool {
    guard isFolder else { return order(to: other) == 0 }
    return count > other.count && self[other.count] == slash
      && UnsafeRawBufferPointer(rebasing: self[..<other.count]).order(to: other) == 0
  }
}
