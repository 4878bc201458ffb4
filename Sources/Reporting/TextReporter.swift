package import Diagnostics

/// For people, editors and problem matchers: a line in the form of compilers, the place in the source, the notes
/// and the fix.
package struct TextReporter: Reporter {
  package var style: TextStyle

  package init(style: TextStyle = .plain) { self.style = style }

  package func report(_ report: Report) -> String {
    let end = style.isSpacious ? [""] : []
    return report.shown.map { (lines(of: $0) + end).map { $0 + "\n" }.joined() }.joined()
  }

  /// One diagnostic with its excerpt, notes and fix.
  func text(of diagnostic: Diagnostic) -> String { lines(of: diagnostic).joined(separator: "\n") }

  /// `path:line:column: severity: message [rule]`
  func headline(of diagnostic: Diagnostic) -> String {
    let place = style.painted("\(Place(diagnostic.location)):", .bold)
    let severity = style.painted("\(diagnostic.severity.rawValue):", .init(diagnostic.severity))
    let message = style.painted(TerminalText.escaped(diagnostic.message.text), .bold)
    return "\(place) \(severity) \(message) [\(TerminalText.escaped(diagnostic.rule))]"
  }

  private func lines(of diagnostic: Diagnostic) -> [String] {
    var notes = diagnostic.notes
    var lines = [headline(of: diagnostic)]
    if let excerpt = Excerpt(diagnostic.location, columns: excerptColumns) {
      // What a note says of the very same place stands behind the carets.
      let label = notes.firstIndex { $0.location.isSamePlace(as: diagnostic.location) }
        .map { notes.remove(at: $0) }
      lines += self.lines(of: excerpt, in: diagnostic, label: label)
    }
    lines += notes.map { note in
      let place = style.painted("\(Place(note.location)):", .bold)
      return "\(place) \(style.painted("note:", .cyan)) \(TerminalText.escaped(note.message.text))"
    }
    if let construct = diagnostic.construct {
      lines.append("  \(style.painted("construct:", .cyan)) \(TerminalText.escaped(construct))")
    }
    if diagnostic.status == .existing {
      lines.append("  \(style.painted("existing:", .cyan)) it was there before the change")
    }
    if let introduction = diagnostic.introduction {
      lines.append(
        "  \(style.painted("introduced:", .cyan)) \(introduction.commit) \(TerminalText.escaped(introduction.subject))")
    }
    let fix = TerminalText.lines(of: diagnostic.fix?.summary ?? "")
    lines += fix.prefix(1).map { "  \(style.painted("fix:", .cyan)) \($0)" }
    lines += fix.dropFirst().map { $0.isEmpty ? "" : "       \($0)" }
    return lines + (diagnostic.fix.flatMap(FixDiff.init).map { self.lines(of: $0, in: diagnostic) } ?? [])
  }

  /// In the form of the excerpt, with the sign of a patch in the gutter.
  private func lines(of diff: FixDiff, in diagnostic: Diagnostic) -> [String] {
    let digits = diff.lines.map { String($0.number).count }.max() ?? 0
    let file = diff.path == diagnostic.location.path ? [] : ["  in \(PathText(diff.path)):"]
    let rest = diff.lines.count - Self.mostLines
    return file
      + diff.lines.prefix(Self.mostLines).map { line in
        let number = String(line.number)
        let text = "\(line.kind.rawValue) \(Excerpt(line.place, columns: excerptColumns)?.text ?? "")"
        return "  \(String(repeating: " ", count: digits - number.count))\(number) "
          + style.painted(text, line.kind == .added ? .added : .removed)
      } + (rest > 0 ? ["  \(String(repeating: " ", count: digits)) … \(Count(rest, "more line"))"] : [])
  }

  /// Of a fix.
  private static let mostLines = 8

  private func lines(of excerpt: Excerpt, in diagnostic: Diagnostic, label: Diagnostic.Note?) -> [String] {
    let number = String(diagnostic.location.range.start.line)
    let gutter = String(repeating: " ", count: number.count)
    let carets = String(repeating: "^", count: excerpt.carets)
    let text = label.map { TerminalText.escaped($0.message.text) } ?? ""
    // Behind the carets, or below them where it would not fit there.
    let room = excerptColumns - text.unicodeScalars.count
    let rows =
      excerpt.indent + excerpt.carets < room || text.isEmpty
      ? [(excerpt.indent, text.isEmpty ? carets : "\(carets) \(text)")]
      : [(excerpt.indent, carets), (max(min(excerpt.indent, room), 0), text)]
    return [excerpt.text.isEmpty ? "  \(number) |" : "  \(number) | \(excerpt.text)"]
      + rows.map { indent, text in
        "  \(gutter) | \(String(repeating: " ", count: indent))\(style.painted(text, .init(diagnostic.severity)))"
      }
  }

  /// Clipped also where there is no terminal: a template of one line would fill the log.
  private var excerptColumns: Int { max((style.width ?? 120) - "  1234 | ".count, 40) }
}

extension Location {
  fileprivate func isSamePlace(as other: Location) -> Bool { path == other.path && range == other.range }
}
