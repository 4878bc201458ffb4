/// A part of a text that a template does not tell: what stands there is known only when the stack is deployed.
package enum Hole: Hashable, Sendable {
  /// A resource, by `Ref` (no attribute) or by an attribute.
  case resource(ResourceID, attribute: String?)
  /// A parameter without a default.
  case parameter(stack: Int, name: String)
  /// `AWS::Region` and the like; a stack of its own where they differ from stack to stack.
  case pseudoParameter(name: String, stack: Int?)
  /// An export of a stack outside the group.
  case imported(String)
  /// The result of a function that only AWS can compute, told apart by its place.
  case computed(stack: Int, offset: Int)
}

/// The holes of one template group. A text with holes is an ordinary string in which a scalar of a private-use plane
/// stands for each hole, so that splitting and comparing such texts needs nothing special: equal holes are equal
/// scalars, and no template text contains them.
package final class HoleTable {
  private var holes: [Hole] = []
  private var scalars: [Hole: Unicode.Scalar] = [:]

  package init() {}

  /// The scalar that stands for a hole.
  package func scalar(for hole: Hole) -> Unicode.Scalar {
    if let known = scalars[hole] { return known }
    // Two planes of 65,534 private-use scalars each; past that many holes the last one stands for the rest.
    let value = min(UInt32(holes.count), 0x1_FFF0) + HoleTable.first
    let scalar = Unicode.Scalar(value < 0xF_FFFE ? value : value + 2) ?? "\u{10FFFD}"
    holes.append(hole)
    scalars[hole] = scalar
    return scalar
  }

  /// The hole that makes up the whole text; `nil` when there is other text, or none.
  package func soleHole(in text: String) -> Hole? {
    // Every hole takes four bytes.
    guard text.utf8.count == 4, let scalar = text.unicodeScalars.first else { return nil }
    return hole(for: scalar)
  }

  package func hole(for scalar: Unicode.Scalar) -> Hole? {
    guard HoleTable.isHole(scalar) else { return nil }
    let index = Int(scalar.value - HoleTable.first) - (scalar.value > 0xF_FFFF ? 2 : 0)
    return holes.indices.contains(index) ? holes[index] : nil
  }

  package static func isHole(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= first }

  package static func hasHole(_ text: String) -> Bool {
    // Nearly every text is done with its bytes: no scalar before the planes of holes begins with one of these.
    let mayHave = text.utf8.withContiguousStorageIfAvailable { $0.contains { $0 >= 0xF3 } } ?? true
    return mayHave && text.unicodeScalars.contains(where: isHole)
  }

  /// A literal text without scalars that could be taken for holes.
  package static func literal(_ text: String) -> String {
    guard hasHole(text) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { isHole($0) ? "\u{FFFD}" : $0 }))
  }

  private static let first: UInt32 = 0xF_0000
}
