import Diagnostics

/// How text is dressed for the stream that it goes to. Only the caller knows whether that is a terminal.
package struct TextStyle: Hashable, Sendable {
  package var color: Bool
  /// Columns of the terminal, which source lines are clipped to; `nil` when it is none.
  package var width: Int?
  /// Whether an empty line stands below each diagnostic.
  package var isSpacious: Bool

  package init(color: Bool = false, width: Int? = nil, isSpacious: Bool = false) {
    self.color = color
    self.width = width
    self.isSpacious = isSpacious
  }

  package static let plain = TextStyle()
}

extension TextStyle {
  /// "Select graphic rendition" parameters of ECMA-48, in the colours that compilers use.
  enum Paint: String {
    case bold = "1"
    case red = "1;31"
    case yellow = "1;33"
    case cyan = "1;36"
    /// What a patch takes away and adds, as in git.
    case removed = "31"
    case added = "32"

    init(_ severity: Severity) {
      switch severity {
      case .error: self = .red
      case .warning: self = .yellow
      case .notice: self = .cyan
      }
    }
  }

  func painted(_ text: String, _ paint: Paint) -> String {
    color ? "\u{1b}[\(paint.rawValue)m\(text)\u{1b}[0m" : text
  }
}
