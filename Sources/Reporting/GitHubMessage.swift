import Diagnostics

/// The text of an annotation: what is wrong, the notes with their places, the fix.
///
/// The runner cuts it at 4096 UTF-16 units (`_maxIssueMessageLength`), wherever that falls. Here the last notes go
/// first, then the end of the fix, then the end of the message.
struct GitHubMessage: CustomStringConvertible {
  let description: String

  init(_ diagnostic: Diagnostic) {
    let message = Self.clipped(TerminalText.escaped(diagnostic.message.text), to: Self.limit)
    var room = Self.limit - message.utf16.count
    var remedy = diagnostic.construct.map { ["construct: " + TerminalText.escaped($0)] } ?? []
    if diagnostic.status == .existing { remedy.append("existing: it was there before the change") }
    if let introduction = diagnostic.introduction {
      remedy.append("introduced: \(introduction.commit) \(TerminalText.escaped(introduction.subject))")
    }
    if let fix = diagnostic.fix {
      remedy.append("fix: " + TerminalText.lines(of: fix.summary).joined(separator: "\n"))
    }
    let last = remedy.map { Self.clipped("\n" + $0, to: Self.limit / 2) }.joined()
    let end = Self.clipped(last, to: room)
    room -= end.utf16.count

    var notes = ""
    for note in diagnostic.notes {
      let line = "\n\(Place(note.location)): note: \(TerminalText.escaped(note.message.text))"
      guard line.utf16.count + Self.ellipsis.utf16.count <= room else {
        if room >= Self.ellipsis.utf16.count { notes += Self.ellipsis }
        break
      }
      notes += line
      room -= line.utf16.count
    }
    description = message + notes + end
  }

  private static let limit = 4096
  /// In the place of notes that are left out.
  private static let ellipsis = "\n…"

  private static func clipped(_ text: String, to length: Int) -> String {
    guard text.utf16.count > length else { return text }
    guard length > 0 else { return "" }
    var units = 0
    let kept = text.unicodeScalars.prefix { scalar in
      units += UTF16.width(scalar)
      return units < length
    }
    return String(kept) + "…"
  }
}
