/// What of a text people see: what ends a line, moves a cursor, hides or reorders text is written out, as in `\x1b` and
/// `\u{202e}`.
package enum VisibleText {
  /// A text in one line, with all that is not visible written out.
  package static func line(of text: String) -> String {
    var last: Unicode.Scalar?
    return text.unicodeScalars.reduce(into: "") { result, scalar in
      if isVisible(scalar, after: last) {
        result.unicodeScalars.append(scalar)
      } else {
        result += writtenOut(scalar)
      }
      last = scalar
    }
  }

  /// Whether a scalar shows as itself.
  ///
  /// - Parameter last: the scalar before it.
  package static func isVisible(_ scalar: Unicode.Scalar, after last: Unicode.Scalar?) -> Bool {
    // Nearly every scalar is one of these, and asking for its properties takes far longer.
    if scalar.isASCII, scalar.value >= 0x20, scalar.value != 0x7f { return true }
    return switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: false
    default: !isHidden(scalar) || styles(scalar, last)
    }
  }

  /// Noncharacters are for no text that anybody passes on; XML has no place for some of them.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.isNoncharacterCodePoint
  }

  /// Whether this is the variation selector of an emoji, which is all that a selector is needed for here.
  private static func styles(_ scalar: Unicode.Scalar, _ last: Unicode.Scalar?) -> Bool {
    guard scalar == "\u{fe0f}" || scalar == "\u{fe0e}", let last else { return false }
    return !last.isASCII && last.properties.isEmoji
  }

  package static func writtenOut(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    default:
      let digits = String(scalar.value, radix: 16)
      return scalar.value > 0xff ? "\\u{\(digits)}" : digits.count == 1 ? "\\x0\(digits)" : "\\x\(digits)"
    }
  }
}
