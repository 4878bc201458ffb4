package import Deployment
package import Diagnostics
import Templates

/// A property with a single value, as far as the templates tell: each value that it may have, with what must hold for it.
/// In deployments in which none of these holds the property is left out.
package struct Setting: Sendable {
  package let values: [Conditional<Value>]

  package struct Value: Sendable {
    /// With holes; `nil` where nothing is known of it.
    let pattern: String?
    /// For people.
    package let shown: String
    let spot: Spot

    /// Where it stands in the resource.
    package var location: Location { spot.location }

    /// The value, where the templates tell all of it.
    package var text: String? { pattern.flatMap { HoleTable.hasHole($0) ? nil : $0 } }

    /// The parts of the value that the templates tell, in the order of the text; between two of them anything may be.
    package var literals: [String] {
      pattern.map { $0.unicodeScalars.split(whereSeparator: HoleTable.isHole).map { String($0) } } ?? []
    }

    /// Whether the value surely begins with its first literal part.
    package var beginsLiterally: Bool { pattern?.unicodeScalars.first.map { !HoleTable.isHole($0) } ?? false }
  }

  /// Whether any value is not told, or only in part.
  package var isOpen: Bool { values.contains { $0.value.text == nil } }

  /// The only value, in deployments that have one.
  package var text: String? {
    let texts = Set(values.map(\.value.text))
    return texts.count == 1 ? texts.first ?? nil : nil
  }

  /// What must hold for the property to be there: any of these.
  package var presence: [[Premise]] { values.map(\.premises) }

  /// What must hold for a value that is told and satisfies the predicate, or may do so since it is not told: any of these.
  package func premises(where isMeant: (String?) -> Bool) -> [[Premise]] {
    values.filter { isMeant($0.value.text) }.map(\.premises)
  }
}
