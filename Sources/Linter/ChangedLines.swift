import Diagnostics
import Git
import Templates

/// The lines that a change brings in, found file by file as they are asked for.
struct ChangedLines {
  private let old: any Snapshot
  private let new: any Snapshot
  /// By path. Lines count from 0.
  private var known: [Path: [Range<Int>]] = [:]

  init(from old: any Snapshot, to new: any Snapshot) {
    self.old = old
    self.new = new
  }

  /// Whether a place of the new side begins on such a line. What has no text has no line.
  mutating func contain(_ place: Location) throws -> Bool {
    guard place.line != nil else { return false }
    let lines = try known[place.path] ?? changes(of: place.path)
    known[place.path] = lines
    return lines.contains { $0.contains(place.range.start.line - 1) }
  }

  /// A file that was not there before is new in every line; of one that is too large to read nothing is known.
  private func changes(of path: Path) throws -> [Range<Int>] {
    guard case .bytes(let after)? = try new.contents(of: path) else { return [] }
    switch try old.contents(of: path) {
    case nil: return [0..<Int.max]
    case .bytes(after)?, .tooLarge?: return []
    case .bytes(let before)?: return try Patch.hunks(from: before, to: after).map(\.new)
    }
  }
}

extension Run {
  /// Lets each diagnostic begin on a line that a reviewer sees: where its place is on none that the change brings in,
  /// that of the first note that is comes first. To be done last, when nothing is judged or left out by places any more.
  ///
  /// - Parameter filter: what the user asked for, out of which no place leads.
  func showChangedLines(in report: inout Report, within filter: PathFilter) throws {
    guard let old = comparison.old else { return }
    var lines = ChangedLines(from: old, to: comparison.new)
    for index in report.diagnostics.indices {
      let diagnostic = report.diagnostics[index]
      guard !diagnostic.notes.isEmpty, diagnostic.location.line != nil, try !lines.contain(diagnostic.location),
        let note = try diagnostic.notes.first(where: { note in
          // Of an app people see the sources, whether or not its assembly is in git.
          let isInTemplate = diagnostic.location.path == diagnostic.file
          guard try isInTemplate || !isInAssembly(note.location.path) else { return false }
          return try filter.contains(note.location.path) && isOfNewSide(note.location) && lines.contain(note.location)
        })
      else { continue }
      report.diagnostics[index].lead(with: note.location)
    }
    report.diagnostics.sort()
  }

  /// What the base configures stands on lines of the base.
  private func isOfNewSide(_ place: Location) -> Bool { screen.side == .new || place.path != SideFile.configuration }
}
