/// A text in which places are marked with `1️⃣` to `9️⃣`, so that no test has to count columns.
///
/// The markers are not part of the text; each marks the place of what follows it.
package struct Marked: Sendable {
  /// The text without its markers.
  package private(set) var text = ""
  private var places: [Character: Place] = [:]

  package init(_ marked: String) {
    var place = Place(offset: 0, line: 1, column: 1)
    for character in marked {
      guard !Self.markers.contains(character) else {
        places[character] = place
        continue
      }
      text.append(character)
      place.offset += character.utf8.count
      if character.isNewline {
        place.line += 1
        place.column = 1
      } else {
        place.column += character.unicodeScalars.count
      }
    }
  }

  /// Where a marker stood; `nil` when the text has no such marker.
  package subscript(marker: Character) -> Place? { places[marker] }

  /// A place in the text without markers.
  package struct Place: Hashable, Sendable {
    /// Bytes of UTF-8 before the place.
    package var offset: Int
    /// 1-based.
    package var line: Int
    /// 1-based, in Unicode scalars.
    package var column: Int

    package init(offset: Int, line: Int, column: Int) {
      self.offset = offset
      self.line = line
      self.column = column
    }
  }

  private static let markers: Set<Character> = ["1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣", "6️⃣", "7️⃣", "8️⃣", "9️⃣"]
}
