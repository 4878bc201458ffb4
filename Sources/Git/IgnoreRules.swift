/// The ignore files that are in force in a folder.
///
/// Our own, because libgit2 drops a `!pattern` whose counterpart stands in another file, and so hides
/// untracked files that git shows (1.5.1).
struct IgnoreRules {
  /// The lines of one ignore file, in its order, and the folder that they are relative to.
  private struct File {
    let folder: [UInt8]
    let patterns: [IgnorePattern]
  }

  /// A later file overrules an earlier one, and a later line an earlier one: see gitignore(5).
  private var files: [File] = []
  private let ignoresCase: Bool

  init(ignoringCase: Bool) { ignoresCase = ignoringCase }

  mutating func add(_ text: [UInt8], of folder: [UInt8]) {
    let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
    let lines = text.dropFirst(text.starts(with: byteOrderMark) ? 3 : 0).split(separator: UInt8(ascii: "\n"))
    let patterns = lines.compactMap {
      IgnorePattern($0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0, ignoringCase: ignoresCase)
    }
    if !patterns.isEmpty { files.append(File(folder: folder, patterns: patterns)) }
  }

  /// Whether the path itself is ignored; the folders above it must have been asked before.
  func ignore(_ path: [UInt8], isFolder: Bool) -> Bool {
    let name = path.lastIndex(of: slash).map { path[($0 + 1)...] } ?? path[...]
    for file in files.reversed() {
      let relative = path.dropFirst(file.folder.isEmpty ? 0 : file.folder.count + 1)
      let decisive = file.patterns.last { $0.matches(path: relative, name: name, isFolder: isFolder) }
      if let decisive { return !decisive.isNegative }
    }
    return false
  }
}

extension Repository {
  /// The rules that hold in the whole repository: of the user, and of `info/exclude`.
  func commonIgnoreRules() throws(GitError) -> IgnoreRules {
    var rules = IgnoreRules(ignoringCase: try setting("core.ignorecase"))
    for path in [try excludesFile(), layout.commonDirectory + "/info/exclude"].compactMap({ $0 })
    where path.isExistingPath {
      guard let bytes = OpenFile(path)?.bytes(first: .max) else {
        throw GitError("read \(path)", .unreadableFile(path: Array(path.utf8), lastSystemError))
      }
      rules.add(bytes, of: [])
    }
    return rules
  }

  /// What gitignore(5) names when `core.excludesFile` is not set.
  private func excludesFile() throws(GitError) -> String? {
    if let path = try path(ofSetting: "core.excludesfile") { return path }
    return environment.configurationFolder.map { $0 + "/git/ignore" }
  }
}
