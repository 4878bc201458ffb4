import Diagnostics
import Testing

/// How a template is spelled changes nothing but the places.
@Suite struct SpellingTests {
  /// None is left out because it could not be found.
  @Test func thereAreTemplates() {
    #expect(Specimen.yaml.count > 80)
    #expect(Specimen.trees.count > 80)
  }

  /// Every place, and nothing else: a fingerprint stays what it was.
  @Test(arguments: Specimen.all) func linesInFrontMoveThePlaces(specimen: Specimen) throws {
    let line = specimen.isYAML ? "# Nothing to see: http://db:5432\n" : "\n"
    let moved = try Specimen.report(on: Array(String(repeating: line, count: 50).utf8) + specimen.bytes)
    #expect(moved == (try specimen.report().moved(by: 50)))
  }

  @Test(arguments: Specimen.yaml) func emojiInFrontMoveOneLine(specimen: Specimen) throws {
    let moved = try Specimen.report(on: Array("# 🐳 an ocean of 👩‍👩‍👧‍👦 and 🇪🇺\n".utf8) + specimen.bytes)
    #expect(moved == (try specimen.report().moved(by: 1)))
  }

  @Test(arguments: Specimen.all) func lineEndsDoNotCount(specimen: Specimen) throws {
    let bytes = specimen.bytes.filter { $0 != UInt8(ascii: "\r") }
    let unix = try Specimen.report(on: bytes)
    var windows = try Specimen.report(
      on: bytes.flatMap { $0 == UInt8(ascii: "\n") ? [UInt8(ascii: "\r"), $0] : [$0] })
    // Lines that a fix adds end as the others do.
    for index in windows.diagnostics.indices {
      for edit in windows.diagnostics[index].fix?.edits.indices ?? 0..<0 {
        let text = windows.diagnostics[index].fix?.edits[edit].text ?? ""
        windows.diagnostics[index].fix?.edits[edit].text = text.replacing("\r\n", with: "\n")
      }
    }
    #expect(windows == unix)
  }

  /// JSON without a line break, in which every scalar is a string.
  @Test(arguments: Specimen.trees) func jsonSaysTheSame(tree: Specimen.Tree) throws {
    let specimen = try #require(Specimen.all.first { $0.description == tree.description })
    let source = try specimen.report()
    let twin = try tree.report()
    #expect(Set(twin.findings) == Set(source.findings))
    #expect(twin.links == source.links)
    #expect(twin.services == source.services)
  }
}
