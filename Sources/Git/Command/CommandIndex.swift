/// An index that the git command has listed.
final class CommandIndex: IndexReader {
  private let entries: [IndexEntry]
  let hasConflicts: Bool

  init(_ entries: [IndexEntry]) {
    self.entries = entries
    hasConflicts = entries.contains(where: \.isConflict)
  }

  var count: Int { entries.count }

  subscript(number: Int) -> IndexEntry { entries[number] }

  func entry(at path: [UInt8], stage: Int) -> IndexEntry? {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].precedes(path, stage) { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].path == path && entries[low].stage == stage ? entries[low] : nil
  }
}

extension IndexEntry {
  fileprivate func precedes(_ other: [UInt8], _ stage: Int) -> Bool {
    path == other ? self.stage < stage : path.lexicographicallyPrecedes(other)
  }
}

extension CommandBackend {
  /// `--debug` is the one way to hear the flags and times; its form has been the same since git 1.7. A sparse index must
  /// stay one, for git sets the times of the trees that it looks into.
  func index() throws(GitError) -> any IndexReader {
    if let listedIndex { return listedIndex }
    let operation = "read the index"
    let listing = ["ls-files", "--stage", "--debug", "-z", "--full-name"]
    // The time of the file that a split index shares is set too, whenever one is read.
    let copy = try SplitIndexCopy(layout)
    let git = copy.map { self.git.reading($0, of: layout) } ?? self.git
    var listed = try git.run(listing + ["--sparse"], to: operation)
    // A git that does not know the option knows no sparse index either.
    if listed.status == Self.wrongUsage { listed = try git.run(listing, to: operation) }
    guard listed.status == 0 else { throw GitError(operation, .unsupportedIndex(.other(listed.complaint))) }
    var rest = listed.output[...]
    var entries: [IndexEntry] = []
    while !rest.isEmpty {
      guard let entry = Self.entry(&rest) else {
        throw GitError(operation, .command("git listed the index in a form that is not known"))
      }
      if entry.version.mode.isFolder, case .blob(let id) = entry.version.content {
        // Its path ends with a slash.
        for (path, version) in try files(of: id, in: Array(entry.path.dropLast())) {
          entries.append(IndexEntry(skipped: path, version))
        }
      } else {
        entries.append(entry)
      }
    }
    let index = CommandIndex(entries)
    listedIndex = index
    return index
  }

  private static let wrongUsage: Int32 = 129

  /// The files of a tree, in the order of an index.
  private func files(of tree: ObjectID, in folder: [UInt8]) throws(GitError) -> [(path: [UInt8], version: FileVersion)]
  {
    var files: [(path: [UInt8], version: FileVersion)] = []
    // A list of what to visit and not recursion: depth must not cost stack.
    var waiting = [(path: folder, version: FileVersion(content: .blob(tree), mode: .folder))]
    while let (path, version) = waiting.popLast() {
      guard version.mode.isFolder, case .blob(let id) = version.content else {
        files.append((path, version))
        continue
      }
      guard case (.tree, .bytes(let bytes)) = try object(id, limit: .max) else {
        throw GitError("read tree \(id)", .corruptObject(id, "it is not a tree"))
      }
      waiting += try Tree(id, bytes).entries.reversed().map { entry in
        (path.appending(name: Array(entry.name)), FileVersion(content: .blob(entry.id), mode: entry.mode))
      }
    }
    return files
  }

  /// `mode id stage TAB path NUL`, then five lines of the form `name: value`, of which one may hold two.
  private static func entry(_ rest: inout ArraySlice<UInt8>) -> IndexEntry? {
    guard let end = rest.firstIndex(of: 0), let tab = rest[..<end].firstIndex(of: UInt8(ascii: "\t")) else {
      return nil
    }
    let words = rest[..<tab].split(separator: UInt8(ascii: " "))
    let path = Array(rest[(tab + 1)..<end])
    rest = rest[(end + 1)...]
    var values: [String: String] = [:]
    for _ in 0..<5 {
      guard rest.first == UInt8(ascii: " "), let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      for part in String(decoding: rest[..<end], as: UTF8.self).split(separator: "\t") {
        let pair = part.split(separator: ":", maxSplits: 1)
        guard pair.count == 2 else { return nil }
        values[pair[0].trimmed] = pair[1].trimmed
      }
      rest = rest[(end + 1)...]
    }
    guard words.count == 3, let mode = UInt32(String(decoding: words[0], as: UTF8.self), radix: 8),
      let id = ObjectID(hexDigits: words[1]), let size = values["size"].flatMap({ UInt32($0) }),
      let flags = values["flags"].flatMap({ UInt32($0, radix: 16) }), let inode = values["ino"].flatMap({ UInt32($0) }),
      let modified = values["mtime"].flatMap({ Moment($0) }), let changed = values["ctime"].flatMap({ Moment($0) })
    else { return nil }
    return IndexEntry(
      path: path, version: FileVersion(content: .blob(id), mode: FileMode(mode)), flags: flags, size: size,
      modified: modified, changed: changed, inode: inode)
  }

  /// Not by `git diff-index`, which makes a sparse index whole.
  func indexDeltas(from tree: ObjectID?) throws(GitError) -> [Delta] {
    let index = try index()
    var gone: [[UInt8]: FileVersion] = [:]
    if let tree { for (path, version) in try files(of: tree, in: []) { gone[path] = version } }
    var deltas: [Delta] = []
    for number in 0..<index.count {
      let entry = index[number]
      let old = gone.removeValue(forKey: entry.path)
      if entry.isConflict {
        if deltas.last?.path != entry.path { deltas.append(Delta(path: entry.path, old: old, new: nil)) }
      } else if old != entry.version {
        deltas.append(Delta(path: entry.path, old: old, new: entry.version))
      }
    }
    return deltas + gone.map { Delta(path: $0.key, old: $0.value, new: nil) }
  }
}

extension Moment {
  /// From `seconds:nanoseconds`.
  fileprivate init?(_ text: String) {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let seconds = UInt32(parts[0]), let nanoseconds = UInt32(parts[1]) else { return nil }
    self.init(seconds: Int32(bitPattern: seconds), nanoseconds: nanoseconds)
  }
}

extension Substring {
  fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
