import Diagnostics
import Support
import Testing

@testable import Templates

@Suite struct ExpansionTests {
  /// The whole tree of a template with its loops written out. What stands in the files is what cfn-lint makes of them
  /// too, which ci/test checks.
  @Test(arguments: try Golden.cases(under: Project.fixtures.appending(path: "loops")))
  func writesLoopsOut(fixture: Golden) throws {
    let template = try Template(parsing: String(contentsOf: fixture.input, encoding: .utf8))
    let difference = try fixture.difference(to: Self.text(of: template.document.root, indent: "") + "\n")
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test func fillsTextsAndKeepsPlaces() throws {
    let template = try Self.template(
      """
      Fn::ForEach::All:
        - Id
        - [A, B]
        - "Thing${Id}": {Type: 'X::Y', Properties: {Plain: 'of ${Id}, not ${Other}', Escaped: !Sub '${!Id}'}}
      """)
    #expect(template.resources.map(\.logicalID) == ["ThingA", "ThingB"])
    let key = try #require(template["ThingB"]?.key)
    #expect(String(decoding: template.document.text.bytes[key.range], as: UTF8.self) == "\"Thing${Id}\"")
    #expect(template["ThingB"]?.properties?["Plain"]?.text == "of B, not ${Other}")
    #expect(template["ThingB"]?.properties?["Escaped"]?.text == "${Id}")
    #expect(template.hiddenParts.isEmpty)
  }

  @Test(arguments: [
    "!Ref Unknown", "!Ref Name", "!Split [',', !Ref Name]", "!FindInMap [M, !Ref Name, K]", "[!Ref Unknown]",
    "[{a: b}]",
    "[A], [B]",
  ])
  func anUnknownListHidesResources(list: String) throws {
    let template = try Self.template(
      """
      Other: {Type: 'X::Y'}
      Fn::ForEach::All: [Id, \(list), {"Thing${Id}Queue": {Type: 'AWS::ECS::Service'}}]
      """)
    #expect(template.resources.map(\.logicalID) == ["Other"])
    #expect(template.hiddenParts.map(\.reason) == [.loop(makesServices: true)])
    #expect(template.hiddenParts.map(\.extent) == [.resources])
    #expect(template.mayHave("ThingAQueue"))
    #expect(!template.mayHave("Queue"))
  }

  @Test func anUnknownListHidesAPartOfAResource() throws {
    let template = try Self.template(
      "A: {Type: 'X::Y', Properties: {Fn::ForEach::P: [Id, !Ref Unknown, {'${Id}': !Ref Id}]}}")
    #expect(template.hiddenParts.map(\.extent) == [.resource(0)])
  }

  @Test func anotherListMayMakeOtherResources() throws {
    let template = try Self.template("Fn::ForEach::All: [Id, !Ref List, {'Thing${Id}': {Type: 'X::Y'}}]")
    #expect(template.resources.map(\.logicalID) == ["ThingP", "ThingQ"])
    #expect(template.mayHave("ThingR"))
    #expect(template.hiddenParts.isEmpty)
  }

  @Test func functionsAsNames() throws {
    let template = try Self.template(
      """
      A: {Type: 'X::Y', DependsOn: [!Sub 'B', !If [C, D, E]], Properties: {P: {Ref: !Sub '${Name}'}}}
      B: {Type: 'X::Y', Properties: {P: !GetAtt [A, !Ref Name]}}
      """)
    #expect(template["A"]?.dependsOn?.elements.first { _ in true }?.text == "B")
    #expect(template.hiddenParts.map(\.reason) == [.computedName, .computedName])
    #expect(template.hiddenParts.map(\.extent) == [.resource(0), .resource(0)])
  }

  /// Twelve loops inside one another, ten rounds each, with and without content; and texts that double.
  @Test(arguments: ["", "'X': {Type: 'X::Y'}"]) func neverMakesTooMuch(content: String) throws {
    let items = (0..<10).map(String.init).joined(separator: ", ")
    let loops = (0..<12).reversed().reduce(content) { "'Fn::ForEach::L\($1)': [V\($1), [\(items)], {\($0)}]" }
    let template = try Self.template(loops)
    #expect(template.resources.isEmpty)
    #expect(template.hiddenParts.count == 1)
    let long = String(repeating: "x", count: 1 << 16)
    let key = String(repeating: "${A}", count: 1 << 12)
    let wide = try Template(
      parsing: """
        {"Transform": "AWS::LanguageExtensions", "Resources": {
          "Fn::ForEach::L": ["A", ["\(long)"], {"\(key)": {"Type": "X::Y"}}]}}
        """)
    #expect(wide.document.decoded.count < 32 << 20)
  }

  /// Without the transform a loop is a key like any other, and no resource.
  @Test func needsTheTransform() throws {
    let template = try Template(
      parsing: "Resources: {Fn::ForEach::All: [Id, [A], {'T${Id}': {Type: 'X::Y'}}]}")
    #expect(template.resources.isEmpty)
    #expect(Template.isTemplate(template.document))
  }

  private static func template(_ resources: String) throws -> Template {
    try Template(
      parsing: """
        Transform: AWS::LanguageExtensions
        Parameters: {Name: {Type: String}, List: {Type: CommaDelimitedList, Default: 'P, Q'}}
        Mappings: {M: {a: {K: [x]}}}
        Resources:
        \(resources.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))
        """)
  }

  /// JSON in which every scalar is a string.
  private static func text(of node: Node, indent: String) -> String {
    let inner = indent + " "
    let lines =
      switch node.kind {
      case .scalar: [quoted(node.text ?? "")]
      case .sequence: node.elements.map { text(of: $0, indent: inner) }
      case .mapping: node.entries.map { "\(quoted($0.text ?? "")): \(text(of: $1, indent: inner))" }
      }
    if node.kind == .scalar { return lines[0] }
    let brackets = node.kind == .sequence ? ["[", "]"] : ["{", "}"]
    return brackets[0] + "\n" + lines.map { inner + $0 }.joined(separator: ",\n") + "\n" + indent
      + brackets[1]
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
