import Diagnostics

/// A text of monospace letters that must fit into a width. No font is at hand, so that the widths are those of the widest
/// such fonts, and of the widest that take their place where they lack a letter.
struct FittedText {
  /// In pixels, the size of the font.
  let size: Double

  /// In pixels.
  func width(of text: String) -> Double { Self.clusters(of: text).reduce(0) { $0 + width(of: $1) } }

  /// The text, or its beginning and its end around an ellipsis: names that begin alike often end differently.
  ///
  /// - Parameter share: how much of the room the beginning gets.
  func shortened(_ text: String, to width: Double, share: Double = 0.6) -> String {
    let clusters = Self.clusters(of: text)
    // What is this long is too long for any width.
    guard clusters.count > 1000 || clusters.reduce(0, { $0 + self.width(of: $1) }) > width else {
      return String(clusters)
    }
    let room = width - self.width(of: "…")
    let head = prefix(of: clusters, room * share)
    let tail = prefix(of: clusters.reversed(), room - self.width(of: String(head)))
    return String(head) + "…" + String(tail.reversed())
  }

  /// The text up to a number of letters.
  static func clipped(_ text: String, to count: Int) -> String {
    text.count > count ? text.prefix(count - 1) + "…" : text
  }

  private func prefix(of clusters: some Sequence<Character>, _ room: Double) -> [Character] {
    var used = 0.0
    return Array(
      clusters.prefix { cluster in
        used += width(of: cluster)
        return used <= room
      })
  }

  private static func clusters(of text: String) -> [Character] { Array(VisibleText.line(of: text)) }

  /// A cluster may fall apart into its scalars where a font lacks it.
  private func width(of cluster: Character) -> Double {
    cluster.unicodeScalars.reduce(0) { $0 + FittedText.share(of: $1) } * size
  }

  /// The width of a scalar as a share of the font's size.
  private static func share(of scalar: Unicode.Scalar) -> Double {
    switch scalar.value {
    case ..<0x250: 0.62
    // Greek and Cyrillic, which nearly all such fonts have.
    case ..<0x530: 0.75
    case 0x2000..<0x2070: 1
    default: 1.4
    }
  }
}
