import Diagnostics
import Testing

@testable import Reporting

@Suite("Excerpt") struct ExcerptTests {
  @Test(arguments: [
    ("  WordPress:", 3, 12, "  WordPress:", 2, 9),
    ("\tA:\tB", 5, 6, "    A:  B", 8, 1),
    ("日本: x", 5, 6, "日本: x", 6, 1),
    ("日本: x", 1, 3, "日本: x", 0, 4),
    ("e\u{301}: x", 5, 6, "e\u{301}: x", 3, 1),
    ("a\u{1b}b", 3, 4, "a\\x1bb", 5, 1),
    ("a", 1, 1, "a", 0, 1),
    ("a", 9, 12, "a", 1, 1),
    ("", 1, 1, "", 0, 1),
  ])
  func `carets stand below the range`(
    _ line: String, _ start: Int, _ end: Int, _ text: String, _ indent: Int, _ carets: Int
  ) throws {
    let excerpt = try #require(Excerpt(Sample.location(1, start, to: end, line), columns: 80))
    #expect((excerpt.text, excerpt.indent, excerpt.carets) == (text, indent, carets))
  }

  @Test func `a range of several lines is underlined to the end of the first`() throws {
    let range = SourceRange(start: .init(line: 1, column: 3), end: .init(line: 4, column: 1))
    let excerpt = try #require(Excerpt(Location(path: "a", range: range, line: "  Web:"), columns: 80))
    #expect((excerpt.indent, excerpt.carets) == (2, 4))
  }

  @Test func `a long line is clipped around the range`() throws {
    let line = String(repeating: "a", count: 500) + "Web" + String(repeating: "b", count: 500)
    let excerpt = try #require(Excerpt(Sample.location(1, 501, to: 504, line), columns: 40))
    #expect(
      excerpt.text == "…" + String(repeating: "a", count: 10) + "Web" + String(repeating: "b", count: 25)
        + "…")
    #expect((excerpt.indent, excerpt.carets) == (11, 3))
  }

  @Test func `near the end of a long line all columns are used`() throws {
    let line = String(repeating: "a", count: 500) + "Web" + "bbb"
    let excerpt = try #require(Excerpt(Sample.location(1, 501, to: 504, line), columns: 40))
    #expect(excerpt.text == "…" + String(repeating: "a", count: 33) + "Webbbb")
    #expect((excerpt.indent, excerpt.carets) == (34, 3))
    let wide = String(repeating: "日", count: 500) + "Web"
    let other = try #require(Excerpt(Sample.location(1, 501, to: 504, wide), columns: 40))
    #expect(other.text.hasSuffix("Web") && other.carets == 3)
  }

  @Test func `a range longer than the terminal is underlined as far as it is seen`() throws {
    let excerpt = try #require(
      Excerpt(Sample.location(1, 3, to: 900, String(repeating: "日", count: 999)), columns: 41))
    #expect(excerpt.text.unicodeScalars.count == 21 && excerpt.text.hasSuffix("…"))
    #expect((excerpt.indent, excerpt.carets) == (4, 36))
  }

  @Test func `without text there is no excerpt`() {
    #expect(Excerpt(Sample.location(1, 1, to: 2), columns: 40) == nil)
  }
}
