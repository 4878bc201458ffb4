import Diagnostics

/// The line on which a location begins, as a terminal shows it, with what is needed to underline its range.
struct Excerpt {
  /// Safe to print. A line that does not fit is clipped around the range, with `…` where something is missing.
  let text: String
  /// Columns of `text` before the first caret.
  let indent: Int
  /// Columns of the range, at least one.
  let carets: Int

  /// `nil` when the location has no text. A range of several lines is underlined to the end of the first.
  init?(_ location: Location, columns: Int) {
    guard let scalars = location.line?.unicodeScalars else { return nil }
    let range = location.range
    let first = max(range.start.column - 1, 0)
    let end = range.end.line > range.start.line ? Int.max : max(range.end.column - 1, first)

    var from = 0
    var (cells, isClipped) = Self.cells(of: scalars, columns: columns)
    if isClipped && end > cells.count && first > columns / 4 {
      from = first - columns / 4
      (cells, isClipped) = Self.cells(of: scalars.dropFirst(from), columns: columns - 1)
      // What does not reach the edge leaves room for more before it.
      let earlier = max(scalars.count - (columns - 1), 0)
      let (more, isTooMuch) = Self.cells(of: scalars.dropFirst(earlier), columns: columns - 1)
      if earlier < from, !isTooMuch { (from, cells) = (earlier, more) }
    }

    let before = cells.prefix(first - from)
    let inside = cells.dropFirst(first - from).prefix(end - first)
    text = (from > 0 ? "…" : "") + cells.map(\.text).joined() + (isClipped ? "…" : "")
    indent = (from > 0 ? 1 : 0) + before.reduce(0) { $0 + $1.columns }
    carets = max(inside.reduce(0) { $0 + $1.columns }, 1)
  }

  /// One scalar of the line.
  private struct Cell {
    var text: String
    var columns: Int
  }

  /// The cells that fit, one column left for `…` when not all do.
  private static func cells(
    of scalars: some BidirectionalCollection<Unicode.Scalar>, columns: Int
  ) -> (cells: [Cell], isClipped: Bool) {
    var cells: [Cell] = []
    var used = 0
    // Few scalars have no column of their own, so what is cut off unseen would not have fitted either.
    let window = scalars.prefix(2 * max(columns, 1))
    for (scalar, piece) in zip(window, TerminalText.pieces(of: window)) {
      let cell = cell(for: scalar, piece: piece, at: used)
      used += cell.columns
      cells.append(cell)
    }
    guard used > columns || window.endIndex != scalars.endIndex else { return (cells, false) }
    while used > columns - 1, let last = cells.popLast() { used -= last.columns }
    return (cells, true)
  }

  private static func cell(for scalar: Unicode.Scalar, piece: String, at column: Int) -> Cell {
    if scalar == "\t" {
      let blanks = TerminalText.tabWidth - column % TerminalText.tabWidth
      return Cell(text: String(repeating: " ", count: blanks), columns: blanks)
    }
    let isWrittenOut = piece.unicodeScalars.count > 1
    return Cell(text: piece, columns: isWrittenOut ? piece.unicodeScalars.count : scalar.terminalColumns)
  }
}

extension Unicode.Scalar {
  /// Columns in a terminal: none for combining marks, two for the wide ones of Unicode's EastAsianWidth.txt,
  /// whose blocks are given here coarsely.
  fileprivate var terminalColumns: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    if value == 0xfe0e || value == 0xfe0f { return 0 }
    switch value {
    case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xa960...0xa97c, 0xac00...0xd7a3, 0xf900...0xfaff,
      0xfe30...0xfe6f, 0xff01...0xff60, 0xffe0...0xffe6, 0x20000...0x3fffd:
      return 2
    default: return properties.isEmojiPresentation ? 2 : 1
    }
  }
}
