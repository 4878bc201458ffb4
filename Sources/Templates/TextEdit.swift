package import Diagnostics

/// Bytes of a text and what takes their place; an empty range inserts.
package struct TextEdit: Hashable, Sendable {
  package let range: Range<Int>
  package let text: String
}

extension Template {
  /// The edit as a fix names it.
  package func edit(_ edit: TextEdit) -> Fix.Edit {
    let place = location(of: edit.range)
    return Fix.Edit(path: path, range: place.range, text: edit.text, line: place.line)
  }
}

extension SourceText {
  /// The bytes with all edits made; `nil` when one is about what is not there or about what another one changes too.
  package func bytes(after edits: [Fix.Edit]) -> [UInt8]? {
    var result: [UInt8] = []
    var done = 0
    for edit in edits.sorted(by: { $0.range.start < $1.range.start }) {
      guard let start = offset(of: edit.range.start), let end = offset(of: edit.range.end), done <= start, start <= end
      else { return nil }
      result += bytes[done..<start]
      result += edit.text.utf8
      done = end
    }
    return result + bytes[done...]
  }
}
