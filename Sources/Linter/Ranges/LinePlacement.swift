import Diagnostics
import Git

/// Moves the places of a report from the files of one commit to the same lines in the files of another: a CI that has
/// merged a branch looks at the merge, and people look at the branch.
struct LinePlacement {
  let repository: Repository
  private let from: TreeListing
  private let to: TreeListing
  /// By path; `nil` for a file that both have alike, or that only one has.
  private var tables: [Path: LineTable?] = [:]

  init(from one: ObjectID, to other: ObjectID, in repository: Repository) throws {
    self.repository = repository
    from = try repository.tree(of: one)
    to = try repository.tree(of: other)
  }

  mutating func move(_ report: inout Report) throws {
    for index in report.diagnostics.indices {
      try move(&report.diagnostics[index].location)
      for note in report.diagnostics[index].notes.indices { try move(&report.diagnostics[index].notes[note].location) }
      for edit in (report.diagnostics[index].fix?.edits ?? []).indices {
        guard var place = report.diagnostics[index].fix?.edits[edit] else { continue }
        var location = Location(path: place.path, range: place.range)
        try move(&location)
        place.range = location.range
        report.diagnostics[index].fix?.edits[edit] = place
      }
    }
    for connection in report.connections.indices {
      for evidence in report.connections[connection].evidence.indices {
        try move(&report.connections[connection].evidence[evidence].location)
      }
    }
    report.diagnostics.sort()
  }

  private mutating func move(_ location: inout Location) throws {
    guard let table = try table(of: location.path) else { return }
    let start = table.line(for: location.range.start.line)
    let shift = start - location.range.start.line
    location.range.start.line += shift
    location.range.end.line += shift
  }

  private mutating func table(of path: Path) throws -> LineTable? {
    if let known = tables[path] { return known }
    let table = try newTable(of: path)
    tables[path] = .some(table)
    return table
  }

  private func newTable(of path: Path) throws -> LineTable? {
    guard let one = try from.file(at: path.bytes), let other = try to.file(at: path.bytes),
      one.content != other.content,
      case .bytes(let before)? = try GitSnapshot(repository: repository, listing: from).contents(of: path),
      case .bytes(let after)? = try GitSnapshot(repository: repository, listing: to).contents(of: path)
    else { return nil }
    return try LineTable(from: before, to: after)
  }
}

/// Which line of one text is which of another.
struct LineTable {
  private let hunks: [Hunk]

  init(from one: [UInt8], to other: [UInt8]) throws(GitError) {
    hunks = try Patch.hunks(from: Self.ended(one), to: Self.ended(other))
  }

  /// git tells a last line that no line feed ends from the same line elsewhere.
  private static func ended(_ text: [UInt8]) -> [UInt8] {
    text.isEmpty || text.last == UInt8(ascii: "\n") ? text : text + [UInt8(ascii: "\n")]
  }

  /// The line that is the same, or the last one before it that has one; both from 1.
  func line(for line: Int) -> Int {
    // The last hunk that begins at the line or before it.
    guard let hunk = hunks.last(where: { $0.old.lowerBound < line }) else { return line }
    let behind = line - 1 - hunk.old.upperBound
    return behind < 0 ? max(hunk.new.lowerBound, 1) : hunk.new.upperBound + behind + 1
  }
}
