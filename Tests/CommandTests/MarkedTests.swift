import Support
import Testing

/// Places marked in a text.
@Suite struct MarkedTests {
  @Test func stripsMarkersAndKnowsTheirPlaces() {
    let marked = Marked("Resources:\n  1️⃣Ä2️⃣: {}\n")
    #expect(marked.text == "Resources:\n  Ä: {}\n")
    #expect(marked["1️⃣"] == Marked.Place(offset: 13, line: 2, column: 3))
    #expect(marked["2️⃣"] == Marked.Place(offset: 15, line: 2, column: 4))
    #expect(marked["3️⃣"] == nil)
  }
}
