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
    return LineTable(from: before, to: after)
  }
}

/// Which line of one text is which of another.
struct LineTable {
  /// By line of the first text, from 0: the line of the second that is the same, or the last one before it that has one.
  private let lines: [Int]

  init(from one: [UInt8], to other: [UInt8]) {
    let before = one.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let after = other.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let shorter = min(before.count, after.count)
    let head = zip(before, after).prefix { $0 == $1 }.count
    let tail = min(zip(before.reversed(), after.reversed()).prefix { $0 == $1 }.count, shorter - head)
    var same = Array(repeating: Int?.none, count: before.count)
    for index in 0..<head { same[index] = index }
    for index in 0..<tail { same[before.count - 1 - index] = after.count - 1 - index }
    let inner = (old: Array(before[head..<(before.count - tail)]), new: Array(after[head..<(after.count - tail)]))
    // The comparison takes time by the product of the two at worst.
    if inner.old.count * inner.new.count <= LineTable.mostPairs {
      var removed: Set<Int> = []
      var inserted: Set<Int> = []
      for change in inner.new.difference(from: inner.old) {
        switch change {
        case .remove(let offset, _, _): removed.insert(offset)
        case .insert(let offset, _, _): inserted.insert(offset)
        }
      }
      let kept = zip(
        inner.old.indices.filter { !removed.contains($0) }, inner.new.indices.filter { !inserted.contains($0) })
      for (old, new) in kept { same[head + old] = head + new }
    }
    var last = 0
    lines = same.map { line in
      last = line ?? last
      return last
    }
  }

  /// Both from 1.
  func line(for line: Int) -> Int { lines.isEmpty ? line : lines[max(min(line - 1, lines.count - 1), 0)] + 1 }

  private static let mostPairs = 4_000_000
}
