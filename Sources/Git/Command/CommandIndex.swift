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
  /// `--debug` is the one way to hear the flags and times; its form has been the same since git 1.7.
  func index() throws(GitError) -> any IndexReader {
    let operation = "read the index"
    let listed = try git.run(["ls-files", "--stage", "--debug", "-z", "--full-name"], to: operation)
    guard listed.status == 0 else { throw GitError(operation, .unsupportedIndex(.other(listed.complaint))) }
    var rest = listed.output[...]
    var entries: [IndexEntry] = []
    while !rest.isEmpty {
      guard let entry = Self.entry(&rest) else {
        throw GitError(operation, .command("git listed the index in a form that is not known"))
      }
      entries.append(entry)
    }
    return CommandIndex(entries)
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

  func indexDeltas(from tree: ObjectID?) throws(GitError) -> [Delta] {
    let operation = "compare the index"
    let options = [
      "--cached", "--raw", "-z", "--no-renames", "--full-index", "--abbrev=64", "--ignore-submodules=none",
      "--ita-visible-in-index",
    ]
    let root: String
    if let tree { root = tree.description } else { root = try emptyTree() }
    let output = try git.output(of: ["diff-index"] + options + [root], to: operation)
    let fields = output.split(separator: 0)
    guard fields.count.isMultiple(of: 2) else { throw GitError(operation, .command("git printed half a difference")) }
    var deltas: [Delta] = []
    for number in stride(from: 0, to: fields.count, by: 2) {
      guard let delta = Delta(fields[number], path: Array(fields[number + 1])) else {
        throw GitError(operation, .command("git printed a difference in a form that is not known"))
      }
      deltas.append(delta)
    }
    return deltas
  }

  /// It has an id in every repository, whether it is stored or not.
  private func emptyTree() throws(GitError) -> String {
    let operation = "compare the index"
    let outcome = try git.run(["hash-object", "-t", "tree", "/dev/null"], to: operation)
    guard outcome.status == 0, ObjectID(hex: outcome.text) != nil else {
      throw GitError(operation, .command(outcome.complaint))
    }
    return outcome.text
  }
}

extension Delta {
  /// From `:mode mode id id status`.
  fileprivate init?(_ text: ArraySlice<UInt8>, path: [UInt8]) {
    let words = text.dropFirst().split(separator: UInt8(ascii: " "))
    guard text.first == UInt8(ascii: ":"), words.count == 5 else { return nil }
    let modes = words[..<2].compactMap { UInt32(String(decoding: $0, as: UTF8.self), radix: 8) }
    let ids = words[2..<4].compactMap { ObjectID(hexDigits: $0) }
    guard modes.count == 2, ids.count == 2 else { return nil }
    let versions = zip(modes, ids).map { mode, id in
      mode == 0 ? nil : FileVersion(content: .blob(id), mode: FileMode(mode))
    }
    self.init(path: path, old: versions[0], new: versions[1])
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
