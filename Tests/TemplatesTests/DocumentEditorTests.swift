import Diagnostics
import Support
import Testing

@testable import Templates

/// `DocumentEditor`: what is written where, and that everything else stays as it is.
struct DocumentEditorTests {
  /// A document in which the edit takes the place of what stands between `«` and `»`, and what it puts there.
  struct Case: Sendable, CustomStringConvertible {
    let description: String
    let before: String
    let after: String

    init(_ description: String, _ marked: String) {
      self.description = description
      before = marked.replacing(#/«(?<old>[^»·]*)·[^»]*»/#) { String($0.output.old) }
      after = marked.replacing(#/«[^»·]*·(?<new>[^»]*)»/#) { String($0.output.new) }
    }
  }

  /// `«old·new»` marks what changes.
  static let lists = [
    Case("in block style", "A:\n  Type: T\n«·  Wait: [B, C]\n»  P: {}\n"),
    Case("behind a comment", "A:\n  Type: T   # why\n«·  Wait: [B, C]\n»  # more\n  P: {}\n"),
    Case("with the line ends of the file", "A:\r\n  Type: T\r\n«·  Wait: [B, C]\r\n»  P: {}\r\n"),
    Case("at the end", "A:\n  P: {}\n  Type: T\n«·  Wait: [B, C]\n»"),
    Case("without a line end", "A:\n  P: {}\n  Type: T«·\n  Wait: [B, C]»"),
    Case("without a line end in CRLF", "A:\r\n  Type: 'T'«·\r\n  Wait: [B, C]»"),
    Case("behind any other key", "A:\n  P:\n    Q: r\n  S: t\n«·  Wait: [B, C]\n»"),
    Case("behind the last of equal keys", "A:\n  Type: S\n  Type: T\n«·  Wait: [B, C]\n»"),
    Case("after other scripts", "é: 字 # 😀\nA:\n  Type: \"字\"\n«·  Wait: [B, C]\n»  P: {}\n"),
    Case("after a byte order mark", "\u{FEFF}A:\n  Type: T\n«·  Wait: [B, C]\n»"),
    Case("with an anchor that nobody uses", "A: &a\n  Type: &t T\n«·  Wait: [B, C]\n»  P: {}\n"),
    Case("not before a tab", "A:\n  Type: T\n    \t\n  P: q\n«·  Wait: [B, C]\n»"),
    Case("with blank lines", "A:\n\n  Type: T\n«·  Wait: [B, C]\n»\n  P: {}\n\n\n"),
    Case("before the end of the document", "---\nA:\n  Type: T\n«·  Wait: [B, C]\n»...\n"),
    Case("to a text", "A:\n  Wait: «D·[D, B, C]»  # why\n  Type: T\n"),
    Case("to a text in quotes", "A: {Type: T, Wait: «'D'·['D', 'B', 'C']»}\n"),
    Case("to a list in brackets", "A:\n  Wait: [D, E«·, B, C»]\n"),
    Case("to a list with a comma at its end", "A:\n  Wait: [ \"D\"«·, \"B\", \"C\"» , ]\n"),
    Case("to an empty list", "A:\n  Wait: [«·B, C»]\n"),
    Case("to a list of lines in brackets", "A:\n  Wait: [\n    D,\n«·    B,\n    C,\n»    E\n  ]\n"),
    Case("below a comment in brackets", "A:\n  Wait: [\n    D,\n    # why\n    E«·, B, C»\n  ]\n"),
    Case("to a list in block style", "A:\n  Wait:\n    - D\n    -  E # why\n«·    -  B\n    -  C\n»  Type: T\n"),
    Case("to a list without indentation", "A:\r\n  Wait:\r\n  - D\r\n«·  - B\r\n  - C\r\n»  Type: T\r\n"),
    Case("to a list at the end", "A:\n  Wait:\n    - D«·\n    - B\n    - C»"),
    Case("in brackets", "A: {Type: T,«· Wait: [B, C],» P: {}}\n"),
    Case("in brackets of several lines", "A: {\n  Type: T,\n«·  Wait: [B, C],\n»  P: {}\n}\n"),
    Case("in brackets at the end", "A: {P: {}, «·Wait: [B, C], »Type: T}\n"),
    Case("in JSON", "{\n\t\"A\": {\n\t\t\"Type\": \"T\",\n«·\t\t\"Wait\": [\"B\", \"C\"],\n»\t\t\"P\": {}\n\t}\n}\n"),
    Case("in JSON with CRLF", "{\"A\": {\r\n  \"Type\" : \"T\",\r\n«·  \"Wait\" : [\"B\", \"C\"],\r\n»  \"P\": {}}}"),
    Case("in JSON as the last", "{\"A\": {\n  \"P\": {},\n«·  \"Wait\": [\"B\", \"C\"],\n»  \"Type\": \"T\"\n}}"),
    Case("in JSON as the only one", "{\"A\": {\n«·  \"Wait\": [\"B\", \"C\"],\n»  \"Type\": \"T\"\n}}"),
    Case("in JSON of one line", "{\"A\": {\"Type\": \"T\",«· \"Wait\": [\"B\", \"C\"],» \"P\": {}}}"),
    Case("in JSON without spaces", "{\"A\":{\"Type\":\"T\",«·\"Wait\":[\"B\",\"C\"],»\"P\":{}}}"),
    Case("to a text in JSON", "{\"A\":{\"Wait\":«\"D\"·[\"D\",\"B\",\"C\"]»,\"Type\":\"T\"}}"),
    Case("to a list in JSON", "{\"A\":{\"Wait\":[\"D\"«·,\"B\",\"C\"»],\"Type\":\"T\"}}"),
    Case("to an empty list in JSON", "{\"A\": {\"Wait\": [«·\"B\", \"C\"»]}}"),
    Case("to lines in JSON", "{\"A\": {\"Wait\": [\n  \"D\",\n«·  \"B\",\n  \"C\",\n»  \"E\"\n]}}"),
  ]

  @Test(arguments: lists) func adds(_ example: Case) throws {
    let edit = try #require(try edit(example.before, adding: ["B", "C"]))
    #expect(try applied(edit, example.before) == example.after)
  }

  /// What is added is what the document then has, and nothing else is.
  @Test(arguments: lists) func changesNothingElse(_ example: Case) throws {
    let before = try read(example.before).root
    let after = try read(example.after).root
    #expect(before.hasSameValue(as: after, except: [["A", "Wait"]]))
    let list = try #require(after["A"]?["Wait"])
    #expect(list.elements.compactMap(\.text).suffix(5).filter { !["D", "E"].contains($0) } == ["B", "C"])
  }

  @Test(arguments: [
    "A: &a\n  Type: T\nB: *a\n", "A: &a {Type: T}\nB: {<<: *a, P: q}\n", "B: &b {Type: T}\nA: *b\n",
    "B: &b {Type: T}\nA:\n  <<: *b\n  P: q\n", "A:\n  <<: {Type: T}\n  P: q\n", "R: &r\n  A: {Type: T}\nS: *r\n",
    "A: !Any\n  Type: T\n", "A: !!map\n  Type: T\n", "A: !Any T\n", "A:\n  !Any T\n", "A:\n  Wait: D\n    \t\n  P: q\n",
    "A: {}\n", "A: T\n", "A: [T]\n",
    "A:\n  ? Type\n  : T\n", "A:\n  Type: |\n    T\n", "A:\n  Type: a\n    b\n", "A: {Type: T # why\n}\n",
    "A: {Type:\n T}\n", "A:\n  Type: T # a\u{2028}\n", "A:\n  Type: T # a\r  P: q\n",
    "A:\n  Wait: {D: E}\n", "A:\n  Wait: !Ref D\n", "A:\n  Wait:\n", "A:\n  Wait: null\n", "A:\n  Wait: ~\n",
    "A:\n  Wait: a,b\n",
    "A:\n  Wait: >-\n    D\n", "A:\n  Wait: D\n    E\n", "D: &d E\nA:\n  Wait: *d\n", "A:\n  Wait: &d E\nB: *d\n",
    "D: &d E\nA:\n  Wait: [*d]\n", "D: &d E\nA:\n  Wait:\n    - *d\n", "A:\n  Wait:\n    - &d D\n",
    "A:\n  Wait:\n    - - D\n",
    "A:\n  Wait: [ # why\n  ]\n", "A:\n  Wait: !!seq [D]\n", "A:\n  Wait: [!Ref D]\n",
  ]) func refuses(_ source: String) throws {
    #expect(try edit(source, adding: ["B"]) == nil)
  }

  @Test(arguments: [
    ("Yes", "Wait: [\"Yes\"]"), ("NULL", "Wait: [\"NULL\"]"), ("1e5", "Wait: [\"1e5\"]"), ("a-b", "Wait: [a-b]"),
    ("a b", "Wait: [\"a b\"]"), ("a,b", "Wait: [\"a,b\"]"), ("-", "Wait: [\"-\"]"), ("", "Wait: [\"\"]"),
  ]) func quotesWhatYAMLWouldReadAsSomethingElse(text: String, line: String) throws {
    let source = "A:\n  Type: T\n"
    let edit = try #require(try edit(source, adding: [text]))
    #expect(edit.text == "  \(line)\n")
    #expect(try read(try applied(edit, source)).root["A"]?["Wait"]?.elements.map(\.text) == [text])
  }

  @Test(arguments: ["a\"b", "a\\b", "é", "a\nb"]) func writesNothingThatNeedsEscapes(text: String) throws {
    #expect(try edit("A:\n  Type: T\n", adding: [text]) == nil)
    #expect(try edit("{\"A\": {\"Wait\": [\"D\"]}}", adding: [text]) == nil)
  }

  static let entries = [
    Case("in block style", "A:\n  Role:\n    X: |\n      y\n\n  Task: !Ref T\n«·  F: {E: true, V: v-1}\n»  Z: 1\n"),
    Case("in JSON", "{\"A\": {\n \"Z\": {\n  \"Y\": 1},\n«· \"F\": {\"E\": true, \"V\": \"v-1\"},\n» \"X\": 2}}"),
    Case("in JSON without spaces", "{\"A\":{\"Task\":{\"Ref\":\"T\"},«·\"F\":{\"E\":true,\"V\":\"v-1\"},»\"X\":2}}"),
  ]

  @Test(arguments: entries) func addsAnEntry(_ example: Case) throws {
    let document = try read(example.before)
    let entry = NewEntry("F", .mapping([NewEntry("E", .flag(true)), NewEntry("V", .text("v-1"))]))
    let mapping = try #require(document.root["A"])
    let edit = try #require(DocumentEditor(document).adding(entry, to: mapping, behind: ["Task"]))
    #expect(try applied(edit, example.before) == example.after)
    let after = try read(example.after).root["A"]?["F"]
    #expect(after?["E"]?.text == "true" && after?["E"]?.isPlain == true && after?["V"]?.text == "v-1")
  }

  @Test func replacesAText() throws {
    for (source, expected) in [
      ("A: {N: \"a b\", M: c}\n", "A: {N: \"v-1\", M: c}\n"), ("A:\n  N: a # why\n", "A:\n  N: v-1 # why\n"),
      ("A:\n  N: 'a'\n", "A:\n  N: 'v-1'\n"),
    ] {
      let document = try read(source)
      let mapping = try #require(document.root["A"])
      let edit = try #require(DocumentEditor(document).replacing("N", of: mapping, by: .text("v-1")))
      #expect(try applied(edit, source) == expected)
    }
    for source in ["A: {N: {Ref: b}}", "B: &b c\nA: {N: *b}", "A: {N: [b]}", "A: {M: c}", "A:\n  N: b\n    c\n"] {
      let document = try read(source)
      let mapping = try #require(document.root["A"])
      #expect(DocumentEditor(document).replacing("N", of: mapping, by: .text("v-1")) == nil)
    }
  }

  @Test func appliesEditsFromAnyOrderAndRefusesThoseThatMeet() throws {
    let text = SourceText(Array("\u{FEFF}é1\nb2\n".utf8))
    let edit = { (from: (Int, Int), to: (Int, Int), text: String) in
      Fix.Edit(
        path: "t", range: .init(start: .init(line: from.0, column: from.1), end: .init(line: to.0, column: to.1)),
        text: text)
    }
    let second = edit((2, 1), (2, 2), "c")
    let first = edit((1, 2), (1, 3), "")
    #expect(text.bytes(after: [second, first]) == Array("\u{FEFF}é\nc2\n".utf8))
    #expect(
      text.bytes(after: [edit((1, 1), (1, 1), "x"), edit((3, 1), (3, 1), "y")]) == Array("\u{FEFF}xé1\nb2\ny".utf8))
    #expect(text.bytes(after: [second, edit((1, 3), (2, 2), "")]) == nil)
    for place in [(0, 1), (1, 0), (1, 4), (4, 1), (3, 2)] {
      #expect(text.bytes(after: [edit(place, place, "x")]) == nil, "\(place)")
    }
  }

  private func edit(_ source: String, adding texts: [String]) throws -> TextEdit? {
    let document = try read(source)
    let mapping = try #require(document.root["A"] ?? document.root["R"]?["A"])
    return DocumentEditor(document).adding(texts, toListAt: "Wait", of: mapping, behind: ["Type"])
  }

  private func applied(_ edit: TextEdit, _ source: String) throws -> String {
    var bytes = Array(source.utf8)
    bytes.replaceSubrange(edit.range, with: edit.text.utf8)
    return try #require(String(validating: bytes, as: UTF8.self))
  }

  private func read(_ source: String) throws -> Document { try Document.read(Array(source.utf8), named: "t.yaml") }
}
