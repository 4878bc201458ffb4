/// A folder of a commit: see "tree" in gitglossary(7) and the format in git's tree-walk.c.
struct Tree {
  /// In the order of git.
  let entries: [TreeEntry]

  init(_ id: ObjectID, in repository: Repository) throws(GitError) {
    try self.init(id, repository.contents(of: id, as: .tree))
  }

  /// From the bytes that are stored.
  init(_ id: ObjectID, _ bytes: [UInt8]) throws(GitError) {
    guard let entries = Self.entries(in: bytes, idLength: id.byteCount) else {
      throw GitError("read tree \(id)", .corruptObject(id, "it is not a tree"))
    }
    self.entries = entries
  }

  /// `mode name NUL id`, again and again. `nil` when the bytes are none, or out of order so that a walk would miss some.
  private static func entries(in bytes: [UInt8], idLength: Int) -> [TreeEntry]? {
    var entries: [TreeEntry] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let space = rest.firstIndex(of: UInt8(ascii: " ")), let end = rest[space...].firstIndex(of: 0),
        let mode = mode(rest[..<space]), space + 1 < end, rest.endIndex - end > idLength,
        let id = ObjectID(raw: rest[(end + 1)...(end + idLength)])
      else { return nil }
      let entry = TreeEntry(name: rest[(space + 1)..<end], mode: mode, id: id)
      if let last = entries.last, !last.precedes(entry) { return nil }
      entries.append(entry)
      rest = rest[(end + idLength + 1)...]
    }
    return entries
  }

  private static func mode(_ digits: ArraySlice<UInt8>) -> FileMode? {
    guard !digits.isEmpty, digits.count < 8 else { return nil }
    var mode: UInt32 = 0
    for digit in digits {
      guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "7") else { return nil }
      mode = mode << 3 | UInt32(digit - UInt8(ascii: "0"))
    }
    return FileMode(mode)
  }

  /// The file or folder of a name.
  func entry(named name: ArraySlice<UInt8>) -> TreeEntry? {
    // A folder may stand behind files whose names go on, so that there are two places to look at.
    for isFolder in [false, true] {
      var (low, high) = (0, entries.count)
      while low < high {
        let middle = (low + high) / 2
        if entries[middle].precedes(name, isFolder: isFolder) { low = middle + 1 } else { high = middle }
      }
      if low < entries.count, entries[low].name == name { return entries[low] }
    }
    return nil
  }
}

struct TreeEntry: Equatable {
  let name: ArraySlice<UInt8>
  let mode: FileMode
  let id: ObjectID

  /// What the entry is when it is no folder.
  var version: FileVersion? { mode.isFolder ? nil : FileVersion(content: .blob(id), mode: mode) }

  /// The folder that the entry is, if it is one.
  var folder: ObjectID? { mode.isFolder ? id : nil }

  func precedes(_ other: TreeEntry) -> Bool { precedes(other.name, isFolder: other.mode.isFolder) }

  /// In the order of git: a folder as if its name ended with a slash.
  func precedes(_ other: ArraySlice<UInt8>, isFolder: Bool) -> Bool {
    let common = min(name.count, other.count)
    for (a, b) in zip(name, other) where a != b { return a < b }
    return Self.ending(name, mode.isFolder, after: common) < Self.ending(other, isFolder, after: common)
  }

  private static func ending(_ name: ArraySlice<UInt8>, _ isFolder: Bool, after count: Int) -> UInt8 {
    name.count > count ? name[name.startIndex + count] : isFolder ? slash : 0
  }
}
