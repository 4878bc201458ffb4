import Foundation
import Support
import Testing

@testable import Templates

struct JSONReaderTests {
  @Test(arguments: [
    ("{}", "{}"), ("[]", "[]"), (" [ 1 , {} , [ ] ] ", #"["1",{},[]]"#), ("-0.5e+10", #""-0.5e+10""#),
    (#"{"a": true, "a": [null, false]}"#, #"{"a":"true","a":["null","false"]}"#),
    (#""a\"\\\/\b\f\n\r\tz""#, #""a\"\\/\u0008\u000c\n\u000d\u0009z""#),
    (#""\u00e9\u20AC\uD83D\ude00""#, #""é€😀""#), (#""😀é\u0041é""#, #""😀éAé""#),
    (#""\ud83dx\ude00\ud83d\ud83d\ude00""#, "\"\u{FFFD}x\u{FFFD}\u{FFFD}😀\""),
    ("\"\u{7F}\u{2028}\"", "\"\u{7F}\u{2028}\""), (#"{"\u0061": 1}"#, #"{"a":"1"}"#),
  ])
  func reads(source: String, json: String) throws {
    #expect(try read(source).json == json)
  }

  @Test func tellsPlainScalarsFromStrings() throws {
    let elements = try read(#"[1, "1", true, "true", null]"#).root.elements.map(\.isPlain)
    #expect(elements == [true, false, true, false, true])
  }

  @Test func keepsStringsInTheSource() throws {
    let document = try read(#"{"key": ["value", 12, "a\nb"]}"#)
    #expect(String(decoding: document.decoded, as: UTF8.self) == "a\nb")
  }

  @Test(arguments: [
    #"«{«"a"»: «1», «"é😀"»: «"x\ny"»}»"#, "\u{FEFF} «[«true», «{}», «[]», «[«-1.5»]»]» \r\n",
    "«{\t«\"a\"»\n:\r\n«{«\"b\"»: «null»}»}»",
  ])
  func placesNodes(marked: String) throws {
    let (source, ranges) = ranges(in: marked)
    #expect(try read(source).root.ranges == ranges)
  }

  @Test(arguments: [
    ("", "the file is empty", 0), (" \n", "the file is empty", 2), ("x", "expected a value", 0),
    ("NaN", "expected a value", 0), ("nul", "expected a value", 0), ("'a'", "expected a value", 0),
    ("[1 2]", "expected ',' or ']' after a value", 3), ("[1,]", "expected a value after ','", 3),
    ("[", "expected a value or ']', but the file ends", 1), ("[,", "expected a value or ']'", 1),
    ("[1", "expected ',' or ']' after a value, but the file ends", 2),
    ("[1}", "expected ',' or ']' after a value", 2),
    ("{1: 2}", "expected a key in double quotes", 1), (#"{"a" 1}"#, "expected ':' after a key", 5),
    (#"{"a":}"#, "expected a value after ':'", 5), (#"{"a":1,}"#, "expected a key in double quotes", 7),
    (#"{"a":1 "b":2}"#, "expected ',' or '}' after a value", 7),
    (#"{"a":1]"#, "expected ',' or '}' after a value", 6),
    ("[1] 2", "expected nothing after the end of the document", 4),
    ("[1, // a\n2]", "JSON has no comments", 4),
    ("/* a */ 1", "JSON has no comments", 0), ("01", "a number cannot begin with 0", 1),
    ("-", "expected a digit, but the file ends", 1),
    ("1.", "expected a digit, but the file ends", 2), ("[1e]", "expected a digit", 3),
    ("+1", "expected a value", 0),
    (#"["abc"#, "unterminated string", 1), (#"["abc\"#, "unterminated string", 1),
    ("\"a\tb\"", "a string has a control character that is not escaped", 2),
    ("\"abcdefghij\u{1F}\"", "a string has a control character that is not escaped", 11),
    ("\"a\nb\"", "a string cannot go on in the next line", 2),
    (#""\x""#, "a string has an escape that JSON does not know", 1),
    (#""\u12G4""#, "expected four hexadecimal digits after '\\u'", 1),
    (#""\u12"#, "expected four hexadecimal digits after '\\u'", 1),
  ])
  func refuses(source: String, message: String, offset: Int) {
    #expect(throws: ReadingError(message, at: offset)) { try read(source) }
  }

  @Test func refusesBytesThatAreNotUTF8() {
    let invalid: [[UInt8]] = [
      [0x80], [0xC1, 0xBF], [0xC3], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xE2, 0x82],
      [0xF0, 0x8F, 0xBF, 0xBF],
      [0xF4, 0x90, 0x80, 0x80], [0xFF],
    ]
    for bytes in invalid {
      #expect(throws: ReadingError("a string has bytes that are not UTF-8", at: 2)) {
        try JSONReader.read(SourceText([0x22, 0x61] + bytes + [0x22]), limits: .standard)
      }
    }
  }

  // MARK: JSONTestSuite

  @Test(.enabled(if: Shared.isPresent), arguments: Shared.files(under: "suites/json/test_parsing"))
  func agreesWithTheSuite(file: String) throws {
    let bytes = try Shared.bytes(of: file)
    let answer = Result { try JSONReader.read(SourceText(bytes), limits: .standard) }
    switch file.split(separator: "/").last?.first {
    case "y":
      let expected = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
      #expect(try isEqual(answer.get().root, expected))
    case "n": #expect(throws: ReadingError.self) { try answer.get() }
    default: break
    }
  }

  @Test(.enabled(if: Shared.isPresent), arguments: Shared.files(under: "suites/json/test_transform"))
  func readsOrRefusesOddities(file: String) throws {
    _ = try? JSONReader.read(SourceText(Shared.bytes(of: file)), limits: .standard).json
  }

  /// Whether a node is what Foundation reads. It keeps one of several equal keys, and numbers only as values.
  private func isEqual(_ node: Node, _ value: Any) -> Bool {
    switch value {
    case let text as String: return !node.isPlain && node.text == text
    case let number as NSNumber:
      guard let text = node.text, node.isPlain else { return false }
      guard let double = Double(text) else { return text == (number.boolValue ? "true" : "false") }
      // Foundation may round the last digit another way, and makes 0 of what is very near to it.
      return abs(double - number.doubleValue) <= max(double.ulp, 1e-70)
    case let array as [Any]:
      let elements = Array(node.elements)
      return node.kind == .sequence && elements.count == array.count
        && zip(elements, array).allSatisfy(isEqual)
    case let object as [String: Any]:
      let keys = Set(node.entries.compactMap(\.key.text))
      return node.kind == .mapping && keys == Set(object.keys)
        && object.allSatisfy { key, value in node[key].map { isEqual($0, value) } ?? false }
    default: return node.isPlain && node.text == "null"
    }
  }

  private func read(_ source: String) throws -> Document {
    try JSONReader.read(SourceText(Array(source.utf8)), limits: .standard)
  }
}
