import Diagnostics

/// What the edits of a fix change, line by line, as a patch shows it.
struct FixDiff {
  /// In the order of the file.
  let lines: [Line]
  let path: Path

  struct Line {
    let kind: Kind
    /// In the file before for what goes, in the file after for what comes.
    let number: Int
    /// The line, with the range of it that changes.
    let place: Location
  }

  enum Kind: String {
    case removed = "-"
    case added = "+"
  }

  /// `nil` where there are no edits, or they cannot be shown so: in several files, twice in a line, in a line of a
  /// template without line breaks.
  init?(_ fix: Fix) {
    let edits = fix.edits.sorted { $0.range.start < $1.range.start }
    guard let path = edits.first?.path, edits.allSatisfy({ $0.path == path }),
      Set(edits.map(\.range.start.line)).count == edits.count
    else { return nil }
    var lines: [Line] = []
    for edit in edits {
      // What was added before moves the lines behind it.
      let shift = lines.reduce(0) { $0 + ($1.kind == .added ? 1 : -1) }
      guard let changed = FixDiff.lines(of: edit, shift) else { return nil }
      lines += changed
    }
    self.lines = lines
    self.path = path
  }

  private static func lines(of edit: Fix.Edit, _ shift: Int) -> [Line]? {
    let (start, end) = (edit.range.start, edit.range.end)
    guard let before = edit.line, start.line == end.line else { return nil }
    let head = String(before.unicodeScalars.prefix(start.column - 1))
    let tail = String(before.unicodeScalars.dropFirst(end.column - 1))
    var after = edit.text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.last == "\r" ? line.dropLast() : line)
    }
    after[0] = head + after[0]
    after[after.count - 1] += tail
    let number = start.line + shift
    // Whole lines before the one of the range, or behind it.
    if after.count > 1, after.last == before { return added(after.dropLast(), from: number, in: edit.path) }
    if after.count > 1, after.first == before { return added(after.dropFirst(), from: number + 1, in: edit.path) }
    return [Line(kind: .removed, number: start.line, place: Location(path: edit.path, range: edit.range, line: before))]
      + added(after[...], from: number, column: start.column, in: edit.path)
  }

  /// - Parameter column: where the first of them differs.
  private static func added(
    _ texts: ArraySlice<String>, from number: Int, column: Int = 1, in path: Path
  ) -> [Line] {
    texts.enumerated().map { index, text in
      let start = SourcePosition(line: number + index, column: index == 0 ? column : 1)
      let end = SourcePosition(line: number + index + 1, column: 1)
      return Line(
        kind: .added, number: number + index,
        place: Location(path: path, range: SourceRange(start: start, end: end), line: text))
    }
  }
}
