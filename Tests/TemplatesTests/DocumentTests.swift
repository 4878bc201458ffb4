import Diagnostics
import Support
import Testing

@testable import Templates

/// `Document.read`: which language is read, what is refused at the door, and that no input takes long.
struct DocumentTests {
  @Test func readsJSONWhateverTheNameSays() throws {
    #expect(try read(#" {"a": "\u0041"}"#, "stack.yaml").json == #"{"a":"A"}"#)
    #expect(try read("\u{FEFF}\n[1]", "stack.yaml").json == #"["1"]"#)
  }

  @Test func readsYAMLInBracketsWhereItIsNoJSON() throws {
    #expect(try read("{a: !Ref B,}", "stack.json").json == #"{"a":{"Ref":"B"}}"#)
  }

  @Test(arguments: [
    ("t.json", "{\"a\": 1 \"b\": 2}", "expected ',' or '}' after a value", 8),
    ("t.template", "{\"a\": 1 \"b\": 2}", "expected ',' or '}' after a value", 8),
    ("t.template", "[1 2: 3", "did not find expected ',' or ']' while parsing a flow sequence", 7),
    ("t.yaml", "{\"a\": 1 \"b\": 2}", "did not find expected ',' or '}' while parsing a flow mapping", 11),
  ])
  func tellsTheErrorOfTheLanguageThatIsMeant(name: String, source: String, message: String, offset: Int) {
    #expect(error(source, Path(name)) == ReadingError(message, at: offset))
  }

  @Test func refusesWhatIsNoText() {
    #expect(error("", "t.yaml") == ReadingError("the file is empty", at: 0))
    #expect(error("\u{FEFF}", "t.json") == ReadingError("the file is empty", at: 0))
    #expect(error(" # nothing\n", "t.yaml") == ReadingError("the file is empty", at: 0))
    let utf16 = ReadingError("the file is UTF-16; a template must be UTF-8", at: 0)
    for bytes: [UInt8] in [[0xFF, 0xFE, 0x61, 0], [0xFE, 0xFF, 0, 0x61], [0x7B, 0, 0x7D, 0], [0, 0x61]] {
      #expect(error(bytes, "t.yaml") == utf16)
    }
    #expect(error("a: \0", "t.yaml") == ReadingError("a control character is not allowed in YAML", at: 3))
    #expect(error("é: \u{7}", "t.yaml") == ReadingError("a control character is not allowed in YAML", at: 4))
    let invalid = ReadingError("the file has bytes that are not UTF-8", at: 3)
    for bytes: [UInt8] in [
      [0xFF], [0xC3], [0xC3, 0x28], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
    ] {
      #expect(error(Array("a: ".utf8) + bytes, "t.yaml") == invalid)
      #expect(error(Array("\u{FEFF}".utf8) + bytes, "t.yaml") == invalid)
    }
  }

  @Test func refusesMoreBytesThanTheLimit() throws {
    var limits = Limits()
    limits.size = 10
    _ = try Document.read(Array("aaaaaaaaaa".utf8), named: "t.yaml", limits: limits)
    #expect(throws: ReadingError("the file has 11 bytes; a template may have 10", at: 0)) {
      try Document.read(Array("aaaaaaaaaaa".utf8), named: "t.yaml", limits: limits)
    }
  }

  @Test func refusesDeepNesting() throws {
    var limits = Limits()
    limits.depth = 3
    for source in ["[[[]]]", "- - - a", "!Ref [[a]]", "{a: &x [b], c: [*x]}"] {
      _ = try Document.read(Array(source.utf8), named: "t.yaml", limits: limits)
    }
    for source in ["[[[[]]]]", "- - - - a", "!Ref [[[a]]]", "{a: &x [b], c: [[*x]]}"] {
      let error = #expect(throws: ReadingError.self) {
        try Document.read(Array(source.utf8), named: "t.yaml", limits: limits)
      }
      #expect(error?.message == "the document has more than 3 levels inside one another")
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["[", "{\"a\":", "{a: ", "- ", "? ", "!a [", "&a ["])
  func refusesAMillionLevels(bracket: String) {
    let source = String(repeating: bracket, count: 1_000_000)
    for name: Path in ["t.json", "t.yaml"] { #expect(error(source, name) != nil) }
  }

  @Test(.timeLimit(.minutes(1))) func refusesManyNodes() {
    let tooMany = ReadingError(
      "the document has more than 2000000 nodes, aliases counted in full", at: 3_999_999)
    #expect(error("[" + String(repeating: "1,", count: 2_100_000) + "1]", "t.json") == tooMany)
    #expect(error("[" + String(repeating: ",", count: 2_100_000) + "1]", "t.yaml") != nil)
  }

  @Test(.timeLimit(.minutes(1))) func refusesABillionLaughs() {
    var source = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      source += "a\(level): &a\(level) [\(aliases)]\n"
    }
    #expect(error(source, "t.yaml")?.message.contains("more than 2000000 nodes") == true)

    var merges = "a0: &a0 {k0: 1}\n"
    for level in 1...2000 { merges += "a\(level): &a\(level) {<<: *a\(level - 1), k\(level): 1}\n" }
    #expect(error(merges, "t.yaml")?.message.contains("more than") == true)
  }

  @Test(.timeLimit(.minutes(1))) func refusesAliasesThatNestDeeply() {
    var source = "a0: &a0 [x]\n"
    for level in 1...1000 { source += "a\(level): &a\(level) [*a\(level - 1)]\n" }
    #expect(error(source, "t.yaml")?.message.contains("more than 256 levels") == true)
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["\n", "\r", "\u{85}"])
  func refusesManyDirectives(lineBreak: String) {
    let directives = (0..<100_000).map { "%TAG !a\($0)! b" }.joined(separator: lineBreak)
    for source in [directives + "\n--- a", "a\n...\n" + directives + "\n--- a"] {
      #expect(error(source, "t.yaml")?.message == "the file has more than 1000 %TAG directives")
    }
  }

  @Test(.timeLimit(.minutes(1))) func readsAKeyOfAMegabyte() throws {
    let key = String(repeating: "k", count: 1 << 20)
    #expect(try read("{\"\(key)\": 1}", "t.json").root[key]?.text == "1")
    #expect(try read("? \(key)\n: 1", "t.yaml").root[key]?.text == "1")
    #expect(error("\(key): 1", "t.yaml") != nil)
  }

  @Test(.timeLimit(.minutes(1))) func readsManyLinesOfAnyKind() throws {
    let count = 100_000
    #expect(
      try read(String(repeating: "- &a x\n", count: count), "t.yaml").root.elements.reduce(0) { n, _ in n + 1
      } == count)
    #expect(try read(String(repeating: "# 😀\n", count: count) + "a", "t.yaml").root.text == "a")
    #expect(error(String(repeating: "a:\n b: 'c\n\n", count: count), "t.yaml") != nil)
  }

  @Test func findsTheLineOfEveryByte() {
    let source = SourceText(
      Array("\n\na\r\nbcdefgh\n\u{8A}\u{10A}\nijklmnopqrstuvwxyz\n\n\n\n\n\n\n\n\n12345\n".utf8))
    var line = 1
    for (offset, byte) in source.bytes.enumerated() {
      #expect(source.position(at: offset).line == line)
      if byte == UInt8(ascii: "\n") { line += 1 }
    }
  }

  /// A template without line breaks is one line, and its columns are not counted from the beginning each time.
  @Test(.timeLimit(.minutes(1))) func findsColumnsInLongLines() {
    let source = SourceText(Array(("\u{FEFF}" + String(repeating: "aé€😀", count: 1000) + "\nb").utf8))
    var column = 0
    for (offset, byte) in source.bytes.enumerated().dropFirst(3).dropLast(2) {
      if byte & 0xC0 != 0x80 { column += 1 }
      #expect(source.position(at: offset).column == (byte & 0xC0 == 0x80 ? column + 1 : column))
    }
    #expect(source.position(at: source.bytes.count) == SourcePosition(line: 2, column: 2))
    let long = SourceText([UInt8](repeating: 0x61, count: 4 << 20))
    #expect((0..<50_000).allSatisfy { long.position(at: long.bytes.count - $0).column == long.bytes.count - $0 + 1 })
  }

  private func read(_ source: String, _ name: Path) throws -> Document {
    try Document.read(Array(source.utf8), named: name)
  }

  private func error(_ source: String, _ name: Path) -> ReadingError? { error(Array(source.utf8), name) }

  private func error(_ bytes: [UInt8], _ name: Path) -> ReadingError? {
    do throws(ReadingError) {
      _ = try Document.read(bytes, named: name)
      return nil
    } catch { return error }
  }
}
