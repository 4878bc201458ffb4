/// The heads of arrows and the marks on them, which all charts of a picture share.
struct ArrowSigns {
  let kinds: [ArrowKind]

  var definitions: Markup {
    let heads: [Markup] = kinds.map { kind in
      """
      <marker id="head-\(kind.name)" viewBox="-1 -1 12 12" refX="10" refY="5" markerWidth="12" markerHeight="12" \
      markerUnits="userSpaceOnUse" orient="auto"><path class="head \(kind.name)" d="\(ArrowSigns.head(of: kind))"/></marker>

      """
    }
    let marks: [Markup] = kinds.compactMap { kind in
      ArrowSigns.sign(of: kind).map { sign in
        "<g id=\"mark-\(kind.name)\" class=\"mark \(kind.name)\"><circle r=\"7.5\"/><path d=\"\(sign)\"/></g>\n"
      }
    }
    return "<defs>\n\(heads)\(marks)</defs>\n"
  }

  /// The tip lies at the left, since lines begin there.
  private static func head(of kind: ArrowKind) -> Markup {
    kind == .wait ? "M9 1L1 5L9 9" : "M10 0.5L1 5L10 9.5Z"
  }

  /// On a disc around the origin: an exclamation mark, a ring with an arrow, a question mark.
  static func sign(of kind: ArrowKind) -> Markup? {
    switch kind {
    case .missing, .reversed: "M0 -4V0.8M0 4V4"
    case .circle: "M3.4 -1.6A3.8 3.8 0 1 0 3.8 0.6M3.9 -4.2V-1.4H1.1"
    case .unknown: "M-2 -2.2A2 2 0 1 1 0.9 -0.3Q0 0.2 0 1.2M0 4V4"
    case .ordered, .implicit, .unneeded, .wait: nil
    }
  }
}
