/// What the repository says of commits beside the commits themselves.
struct History {
  /// Commits whose parents were left out of this clone: the `shallow` file.
  let shallowCommits: Set<ObjectID>
  /// Parents to take in place of those that a commit names: `info/grafts`, which git still reads.
  let grafts: [ObjectID: [ObjectID]]

  init(_ layout: Layout) throws(GitError) {
    shallowCommits = Set(
      try Self.lines(of: layout.shallowFile ?? layout.commonDirectory + "/shallow").compactMap(\.first))
    grafts = Dictionary(
      try Self.lines(of: layout.commonDirectory + "/info/grafts").compactMap { line in
        line.first.map { ($0, Array(line.dropFirst())) }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The ids on each line of a file, which need not be there.
  private static func lines(of file: String) throws(GitError) -> [[ObjectID]] {
    guard file.isExistingPath else { return [] }
    guard let bytes = OpenFile(file)?.bytes(first: .max) else {
      throw GitError("read \(file)", .unreadableFile(path: Array(file.utf8), lastSystemError))
    }
    return bytes.split(separator: UInt8(ascii: "\n")).map { line in
      line.split(separator: UInt8(ascii: " ")).compactMap { ObjectID(hexDigits: $0) }
    }
  }
}
