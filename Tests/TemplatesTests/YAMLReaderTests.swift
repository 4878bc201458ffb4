import Support
import Testing

@testable import Templates

struct YAMLReaderTests {
  @Test(arguments: [
    ("!Ref A", #"{"Ref":"A"}"#), ("!Condition A", #"{"Condition":"A"}"#),
    ("!GetAtt A.B", #"{"Fn::GetAtt":"A.B"}"#), ("!GetAtt [A, B]", #"{"Fn::GetAtt":["A","B"]}"#),
    ("!Sub", #"{"Fn::Sub":""}"#),
    ("!If [a, !Ref b, !Sub 'c']", #"{"Fn::If":["a",{"Ref":"b"},{"Fn::Sub":"c"}]}"#),
    ("!Base64\n  Fn::Sub: x", #"{"Fn::Base64":{"Fn::Sub":"x"}}"#),
    ("a: !Split\n- b\n- c", #"{"a":{"Fn::Split":["b","c"]}}"#),
    ("!Rain::Include x", #"{"!Rain::Include":"x"}"#), ("!ref x", #"{"!ref":"x"}"#),
    ("!<!Ref> x", #"{"Ref":"x"}"#), ("%TAG !e! tag:e.org,2000:\n---\n!e!t x", #"{"tag:e.org,2000:t":"x"}"#),
    ("!!str 12", #""12""#), ("!!set {a, b}", #"{"a":"","b":""}"#), ("!!map {a: !!int 1}", #"{"a":"1"}"#),
    ("! 12", #""12""#),
  ])
  func readsTags(source: String, json: String) throws { #expect(try read(source).json == json) }

  @Test(arguments: [
    "Base64", "Cidr", "And", "Equals", "If", "Not", "Or", "FindInMap", "GetAtt", "GetAZs", "ImportValue",
    "Join",
    "Select", "Split", "Sub", "Transform", "ForEach", "Length", "ToJsonString", "Contains",
    "EachMemberEquals",
    "EachMemberIn", "RefAll", "ValueOf", "ValueOfAll", "Implies", "GetStackOutput",
  ])
  func knowsFunction(name: String) throws {
    #expect(try read("!\(name) a").json == "{\"Fn::\(name)\":\"a\"}")
  }

  @Test func tellsPlainScalarsFromStrings() throws {
    let source = "[a, 'a', \"a\", !!str 12, !!int 12, ! 12, !Ref x, &a 12, *a, !!binary aa]"
    let elements = Array(try read(source).root.elements)
    let isPlain = elements.map { $0["Ref"]?.isPlain ?? $0.isPlain }
    #expect(isPlain == [true, false, false, false, true, false, true, true, true, false])
    #expect(try read("|\n a").root.isPlain == false)
    #expect(try read("a:").root["a"]?.isPlain == true)
  }

  @Test(arguments: [
    ("[&a x, *a]", #"["x","x"]"#), ("{a: &x {b: &y c}, *y : *x}", #"{"a":{"b":"c"},"c":{"b":"c"}}"#),
    ("[&a 1, *a, &a 2, *a]", #"["1","1","2","2"]"#), ("[&a [&a x], *a]", #"[["x"],"x"]"#),
    ("[&a !Ref x, *a, !Sub &b y, *b]", #"[{"Ref":"x"},{"Ref":"x"},{"Fn::Sub":"y"},{"Fn::Sub":"y"}]"#),
    ("a: &a\n  b: c\nd: *a", #"{"a":{"b":"c"},"d":{"b":"c"}}"#), ("[&a , *a]", #"["",""]"#),
  ])
  func readsAliases(source: String, json: String) throws { #expect(try read(source).json == json) }

  @Test(arguments: [
    ("[&a {x: 1, y: 2}, {<<: *a, y: 3}]", #"[{"x":"1","y":"2"},{"x":"1","y":"3"}]"#),
    ("[&a {x: 1, y: 2}, {y: 3, <<: *a}]", #"[{"x":"1","y":"2"},{"y":"3","x":"1"}]"#),
    ("[&a {x: 1}, &b {x: 2, y: 2}, {<<: [*a, *b]}]", #"[{"x":"1"},{"x":"2","y":"2"},{"x":"1","y":"2"}]"#),
    ("[&a {x: 1}, &b {<<: *a, y: 2}, {<<: *b}]", #"[{"x":"1"},{"x":"1","y":"2"},{"x":"1","y":"2"}]"#),
    ("{<<: {a: 1}, b: 2}", #"{"a":"1","b":"2"}"#), ("{<<: {}, b: 2}", #"{"b":"2"}"#), ("{<<: {}}", "{}"),
    ("{<<: {a: 1, a: 2}}", #"{"a":"1","a":"2"}"#), ("{a: 1, a: 2, <<: {a: 3}}", #"{"a":"1","a":"2"}"#),
    ("{'<<': {a: 1}}", #"{"<<":{"a":"1"}}"#), ("{!!merge <<: {a: 1}}", #"{"a":"1"}"#),
    ("{<<: {a: 1}, <<: {a: 2, b: 2}}", #"{"a":"1","b":"2"}"#), ("{\"\\x61\": 1, <<: {a: 2}}", #"{"a":"1"}"#),
  ])
  func mergesKeys(source: String, json: String) throws { #expect(try read(source).json == json) }

  @Test(arguments: [
    ("'a''b'", #""a'b""#), ("a\n b", #""a b""#), ("|-\n a\n b", #""a\nb""#),
    (">\n a\n b\n\n", #""a b\n""#), ("|2\n   a\n", #"" a\n""#), ("|+\n a\n\n", #""a\n\n""#),
    ("\"\\x41\\P\"", "\"A\u{2029}\""),
  ])
  func readsScalars(source: String, json: String) throws {
    #expect(try read(source).json == json)
  }

  @Test func keepsScalarsInTheSource() throws {
    let source =
      "plain: 'single'\n\"double\": |\n  literal\ntwo words: !Sub a\nfolded: >-\n  x\ntag: !Sub b\nown: !Own c"
    #expect(String(decoding: try read(source).decoded, as: UTF8.self) == "Fn::Sub")
  }

  @Test(arguments: [
    ("--- a\n--- b", "a template is one YAML document; another begins here", 6),
    ("a\n...\n--- b", "a template is one YAML document; another begins here", 6),
    ("a\n...\nb", "expected nothing after the end of the document", 6),
    ("[a] b", "expected nothing after the end of the document", 4),
    ("? {a: b}\n: c", "a key must be a scalar", 2), ("? - a\n: c", "a key must be a scalar", 2),
    ("{&a b: c, d: &d [], *d : e}", "a key must be a scalar", 20),
    ("{!Ref a: b}", "a key cannot have the tag !Ref", 1),
    ("[*a]", "'*a' has no anchor '&a' before it", 1),
    ("&a [b, *a]", "'*a' stands inside of what it names", 7),
    ("&a !Ref [*a]", "'*a' stands inside of what it names", 9),
    ("{<<: a}", "'<<' merges a mapping or a list of mappings", 5),
    ("{<<: [{}, a]}", "'<<' merges a mapping or a list of mappings", 10),
    ("a:\n\tb: c", "a tab cannot indent YAML; only spaces can", 3),
    ("a: {% if %}", "'%' cannot begin a value without quotes", 4),
    ("a: @b", "'@' cannot begin a value without quotes", 3),
    ("é: 'abc\nd: e", "unterminated string", 4),
    ("a: b: c", "mapping values are not allowed in this context", 4),
    ("a:\n  b: 1\n c: 2", "did not find expected key while parsing a block mapping", 11),
    ("a: !x!y z", "found undefined tag handle", 3),
  ])
  func refuses(source: String, message: String, offset: Int) {
    #expect(throws: ReadingError(message, at: offset)) { try read(source) }
  }

  // MARK: Places

  @Test(arguments: [
    "««a»: «b»»", "\u{FEFF}# 😀\n««é😀»: «ü»»  # b\n\n",
    "# a\u{2028}# b\u{85}# c\r# d\n««a»:\r\n  ««b»: «'c'»»» \r\n",
    "««a»:\n«- «- «b»»\n- «c»»»\n\n# end\n", "««a»:\n  ««b»: «c»\n\n  # x\n  «d»: «e f»»\n\n«g»: «h»»\n",
    "««a»: «|\n  b\n  c»\n\n\n«d»: «>-  # x\n  e  »»\n\n", "««a»: «|+2»\n\n\n«b»: «|-»»",
    "««a»:\t«\"b\n  c\"»  \n«d»: «e\n  f»»", "«[«a», «{«b»: «c»,  «d»: «'e'» }», «[]»,]»",
    "«[««a»: «b»», «c»]»", "«{«a»«» , «b»«»}»", "«{«a»:«» }»", "««a»:«»\n«b»:«»»\n",
    "«-«» \n- «a»»", "«? «a»«»\n\n? «b»\n: «c»»", "««a» :«»  # x\n\n«b» :«»»",
  ])
  func placesNodes(marked: String) throws { try checkPlaces(marked) }

  @Test(arguments: [
    "««a»: ««!Ref» «b»»»", "««a»: ««!GetAtt»  # x\n  «b.c»»»", "««a»: ««!Sub»\n  «|\n    é😀»»\n\n«b»: «c»»",
    "««a»: ««!If» «[«b», ««!Ref» «c»», ««!Sub» «\"d\"»»]»»»", "««a»: &x ««!Ref» «b»»»",
    "««a»: ««!Ref» &x «b»»»", "««a»: ««!Join»\n  «- «b»\n  - «c»»»\n\n«d»: «e»»", "««a»: &x\n  ««b»: «c»»»",
    "««a»: &x\n  «&y «b»: «c»»»", "««a»: «!!str b»»", "««a»: &x «!!str b»»", "««a»: «!!map\n  «b»: «c»»»",
    "««a»: ««!Sub»«»»\n«b»: «c»»", "«[««!Ref»«»», ««!Own» «a»», «b»]»", "&x\n«- «a»»", "««!Base64» «[]»»",
    "««a»: ««!Transform» «{«Name»: «b»}»»»", "««a»: ««!<!Ref>» «b»»»", "\u{FEFF}««!Sub»\r\n «😀»»\r\n",
    "««a»: &x«»\n«b»: «c»»", "««a»: ««!Cidr»\n«- «b»\n- «c»»»\n\n«d»: «e»»",
  ])
  func placesTagsAndAnchors(marked: String) throws { try checkPlaces(marked) }

  private func checkPlaces(_ marked: String) throws {
    let (source, ranges) = ranges(in: marked)
    #expect(try read(source).root.ranges == ranges, "\(marked)")
  }

  private func read(_ source: String) throws -> Document {
    try YAMLReader.read(SourceText(Array(source.utf8)), limits: .standard)
  }
}

/// The source without its marks, and the byte ranges that `«` and `»` enclose in it.
func ranges(in marked: String) -> (source: String, ranges: [Range<Int>]) {
  var source = ""
  var starts: [Int] = []
  var ranges: [Range<Int>] = []
  for scalar in marked.unicodeScalars {
    switch scalar {
    case "«": starts.append(source.utf8.count)
    case "»": ranges.append(starts.removeLast()..<source.utf8.count)
    default: source.unicodeScalars.append(scalar)
    }
  }
  return (source, ranges)
}

extension Node {
  /// The ranges of all nodes, each after those inside it.
  var ranges: [Range<Int>] {
    elements.flatMap(\.ranges) + entries.flatMap { $0.key.ranges + $0.value.ranges } + [range]
  }
}
