import Support
import Templates
import Testing

@Suite struct ReferenceTests {
  /// A value and the references in it, each with the text of its range.
  @Test(arguments: [
    ("!Ref A", ["ref A @!Ref A"]),
    ("{Ref: A}", ["ref A @{Ref: A}"]),
    ("!GetAtt A.B.C", ["getAtt A.B.C @!GetAtt A.B.C"]),
    ("!GetAtt [A, B, C]", ["getAtt A.B.C @!GetAtt [A, B, C]"]),
    ("{Fn::GetAtt: [A, B]}", ["getAtt A.B @{Fn::GetAtt: [A, B]}"]),
    ("!GetAtt [A, !Ref B]", ["getAtt A @!GetAtt [A, !Ref B]", "ref B @!Ref B"]),
    ("!Sub '${A}-${B.C}-${!D}-${AWS::Region}'", ["sub A @${A}", "sub B.C @${B.C}", "sub AWS::Region @${AWS::Region}"]),
    ("!Sub '${ A }'", ["sub A @${ A }"]),
    ("!Sub ['${A}${B}', {A: !Ref C}]", ["sub B @${B}", "ref C @!Ref C"]),
    ("!Sub '${A'", []),
    (
      "!Join ['', [a, !Ref A, !If [C, !Ref B, !GetAtt D.E]]]",
      ["ref A @!Ref A", "ref B @!Ref B", "getAtt D.E @!GetAtt D.E"]
    ),
    ("{x: [{y: !Ref A}]}", ["ref A @!Ref A"]),
    ("{Ref: A, Other: B}", []),
    ("{Condition: A}", []),
  ])
  func all(value: String, expected: [String]) throws {
    let template = try Template(parsing: "Resources: {X: {Type: 'A::B', Properties: {V: \(value)}}}")
    let node = try #require(template["X"]?.properties?["V"])
    let found = Reference.all(in: node).map { reference in
      let bytes = template.document.text.bytes[reference.range]
      return "\(reference.kind) \(reference.name)\(reference.attribute.map { ".\($0)" } ?? "") @"
        + String(decoding: bytes, as: UTF8.self)
    }
    #expect(found == expected)
  }

  @Test(arguments: [
    ("a${B}c", [SubPiece.literal("a"), .variable("B", 1..<5), .literal("c")]),
    ("${!B}", [.literal("${B}")]),
    ("é${B}", [.literal("é"), .variable("B", 2..<6)]),
    ("$B {C}", [.literal("$B {C}")]),
    ("${B}${C", [.variable("B", 0..<4), .literal("${C")]),
    ("${", [.literal("${")]),
    ("", []),
  ])
  func pieces(text: String, expected: [SubPiece]) { #expect(SubPiece.pieces(of: text) == expected) }

  /// None of them looks for its end in all the rest.
  @Test(.timeLimit(.minutes(1))) func piecesOfAnOpenText() {
    let text = String(repeating: "${", count: 500_000)
    #expect(SubPiece.pieces(of: text) == [.literal(text)])
  }
}
