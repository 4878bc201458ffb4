import Diagnostics
import Support
import Templates
import Testing

@Suite struct TemplateTests {
  @Test(arguments: [
    ("Resources: {A: {Type: 'AWS::ECS::Service'}}", true),
    ("{\"Resources\": {\"A\": {\"Type\": \"Custom::X\"}}}", true),
    ("Resources: {A: {Type: !Rain::Module web.yaml}}", true),
    ("Resources: {Fn::ForEach::A: [B, [C], {'${B}': {Type: 'AWS::ECS::Service'}}]}", true),
    ("Resources: {A: {Type: Deployment}}", false),
    ("Resources: {A: {Type: !Other x}}", false),
    ("Resources: [{Type: 'AWS::ECS::Service'}]", false),
    ("Resources: {}", false),
    ("resources: {Resources: {A: {Type: 'AWS::ECS::Service'}}}", false),
    ("tree: {Resources: {A: {Type: 'AWS::ECS::Service'}}}", false),
  ])
  func isToldByItsContent(text: String, expected: Bool) throws {
    #expect(Template.isTemplate(try Document.read(Array(text.utf8), named: "x.yaml")) == expected)
  }

  @Test func theLastOfEqualKeysCounts() throws {
    let template = try Template(
      parsing: """
        Resources:
          A: {Type: 'X::Old'}
          B: {Type: 'X::Y', DependsOn: A, DependsOn: C}
          A: {Type: 'X::New'}
        """)
    #expect(template.resources.map(\.type) == ["X::New", "X::Y"])
    #expect(template["B"]?.dependsOn?.text == "C")
    #expect(template.duplicateKeys.map { template.location(of: $0).range.start.line } == [2, 3])
  }

  @Test func aLocationCarriesItsLine() throws {
    let template = try Template(parsing: "# ünï\nResources:\n  'Ä': {Type: 'X::Y'} # end\r\n")
    let key = try #require(template.resources.first?.key)
    #expect(template.location(of: key).range.start == SourcePosition(line: 3, column: 3))
    #expect(template.location(of: key).line == "  'Ä': {Type: 'X::Y'} # end")
  }

  @Test func aLineTooLongToShowIsLeftOut() throws {
    let filler = String(repeating: "x", count: 3000)
    let template = try Template(parsing: "{\"Resources\": {\"A\": {\"Type\": \"X::Y\", \"Metadata\": \"\(filler)\"}}}")
    #expect(template.location(of: try #require(template.resources.first?.key)).line == nil)
  }

  @Test(arguments: [
    ("{A: 1, B: [x, {C: d}]}", "{B: [x, {C: d}], A: 1}", true),
    ("!Sub x", "{Fn::Sub: x}", true),
    ("[a, b]", "[b, a]", false),
    ("{A: 1}", "{A: 1, B: 2}", false),
    ("'a'", "a", true),
  ])
  func sameValue(one: String, other: String, expected: Bool) throws {
    let documents = try [one, other].map { try Document.read(Array($0.utf8), named: "x.yaml") }
    #expect(documents[0].root.hasSameValue(as: documents[1].root) == expected)
  }
}
