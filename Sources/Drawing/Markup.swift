import Diagnostics

/// A part of a document of XML or HTML. Literals are markup; a string that is put into one is text and cannot become
/// anything else.
struct Markup: ExpressibleByStringInterpolation {
  private(set) var text: String

  init(stringLiteral text: String) { self.text = text }
  init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

  struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ text: String) { self.text += Markup.escaped(text) }
    mutating func appendInterpolation(_ number: Int) { text += String(number) }
    /// A length in whole pixels.
    mutating func appendInterpolation(_ length: Double) { text += String(Int(length)) }
    mutating func appendInterpolation(_ part: Markup) { text += part.text }
    mutating func appendInterpolation(_ parts: [Markup]) { for part in parts { text += part.text } }
  }

  static func += (all: inout Markup, part: Markup) { all.text += part.text }

  /// By scalars, since a combining mark makes another `Character` of a quote.
  private static func escaped(_ text: String) -> String {
    VisibleText.line(of: text).unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}

extension Sequence<Markup> {
  func joined(by separator: Markup) -> Markup {
    var parts = makeIterator()
    guard var all = parts.next() else { return "" }
    while let part = parts.next() { all += "\(separator)\(part)" }
    return all
  }
}
