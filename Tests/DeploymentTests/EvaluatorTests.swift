import Deployment
import Support
import Templates
import Testing

@Suite struct EvaluatorTests {
  @Test(arguments: [
    ("mysql", ["mysql"]),
    ("!Ref Host", ["db"]),
    ("!Ref NoDefault", ["${NoDefault}"]),
    ("!Ref FromSSM", ["${FromSSM}"]),
    ("!Ref AWS::Region", ["${AWS::Region}"]),
    ("!Ref AWS::NoValue", []),
    ("!Ref Thing", ["${Thing}"]),
    ("!GetAtt Thing.Endpoint.Address", ["${Thing.Endpoint.Address}"]),
    ("!GetAtt [Thing, Endpoint.Address]", ["${Thing.Endpoint.Address}"]),
    ("!Sub 'http://${Host}:${Port}'", ["http://db:3306"]),
    ("!Sub ['${A}.${Host}', {A: !Ref Port}]", ["3306.db"]),
    ("!Sub '${!Host}'", ["${Host}"]),
    ("!Join [':', [!Ref Host, !Ref Port]]", ["db:3306"]),
    ("!Join ['', [a, !Ref AWS::NoValue, b]]", ["ab"]),
    ("!If [C, a, !If [D, b, !Ref AWS::NoValue]]", ["a", "b"]),
    ("!Sub ['${X}:1', {X: !If [C, a, b]}]", ["a:1", "b:1"]),
    ("!FindInMap [Hosts, prod, db]", ["db.prod"]),
    ("!FindInMap [Hosts, !Ref NoDefault, db]", ["db.prod", "db.test"]),
    ("!Select [1, [a, b]]", ["b"]),
    ("!Select [1, !Split [',', 'a,b']]", ["b"]),
    ("!Select [7, [a, b]]", ["${…}"]),
    ("!Join ['.', !Split ['/', 'a/b']]", ["a.b"]),
    ("!Join ['', !Split ['/', !Ref NoDefault]]", ["${…}"]),
    ("!Join [';', !Ref List]", ["a;b"]),
    ("!Select [1, !Ref List]", ["b"]),
    ("!GetAtt Registry.Name", ["db"]),
    ("!Ref Record", ["db.shop"]),
    ("!GetAtt Stored.Value", ["db:3306"]),
    ("!Ref Stored", ["${Stored}"]),
    (
      "{Fn::ToJsonString: {host: !Ref Host, port: 3306, list: [a, '\"']}}",
      [#"{"host":"db","port":3306,"list":["a","\""]}"#]
    ),
    ("!ImportValue elsewhere", ["${elsewhere}"]),
    ("!GetAZs ''", ["${…}"]),
    ("{Fn::Sub: '${Host}'}", ["db"]),
    ("[a]", []),
  ])
  func texts(value: String, expected: [String]) throws {
    let template = try Template(
      parsing: """
        Parameters:
          Host: {Type: String, Default: db}
          Port: {Type: Number, Default: 3306}
          NoDefault: {Type: String}
          FromSSM: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /a/b}
          List: {Type: CommaDelimitedList, Default: 'a,b'}
        Mappings:
          Hosts:
            prod: {db: db.prod}
            test: {db: db.test}
        Resources:
          Registry: {Type: AWS::ServiceDiscovery::Service, Properties: {Name: !Ref Host}}
          Record: {Type: AWS::Route53::RecordSet, Properties: {Name: !Sub '${Registry.Name}.shop'}}
          Stored: {Type: AWS::SSM::Parameter, Properties: {Value: !Sub '${Host}:${Port}'}}
          Thing:
            Type: AWS::RDS::DBInstance
            Properties:
              Value: \(value)
        """)
    let evaluator = Evaluator(TemplateGroup(template))
    let node = try #require(template["Thing"]?.properties?["Value"])
    #expect(evaluator.texts(of: node, in: 0).map(evaluator.display) == expected)
  }

  @Test func conditionsDoNotMultiplyWithoutBound() throws {
    let parts = (0..<40).map { "!If [C\($0), a\($0), b\($0)]" }.joined(separator: ", ")
    let template = try Template(
      parsing: "Resources: {A: {Type: 'X::Y', Properties: {V: !Join ['', [\(parts)]]}}}")
    let evaluator = Evaluator(TemplateGroup(template))
    let node = try #require(template["A"]?.properties?["V"])
    #expect(evaluator.texts(of: node, in: 0).count <= 16)
  }

  /// A value that names another one twice doubles the work, and its text, with every step.
  @Test(arguments: ["0", "E1"]) func importsDoNotMultiplyWithoutBound(last: String) throws {
    let names = (0..<20).map { "E\($0)" }
    let outputs = zip(names, names.dropFirst() + [last]).map { name, next in
      "\(name): {Export: {Name: \(name)}, Value: !Join ['', [!ImportValue \(next), !ImportValue \(next)]]}"
    }
    let template = try Template(
      parsing: """
        Outputs: {\(outputs.joined(separator: ", "))}
        Resources: {A: {Type: 'X::Y', Properties: {V: !ImportValue E0, W: !ImportValue E12}}}
        """)
    let evaluator = Evaluator(TemplateGroup(template))
    let properties = try #require(template["A"]?.properties)
    func text(_ name: String) -> String? { properties[name].flatMap { evaluator.text(of: $0, in: 0) } }
    // 2 to the power of 20 holes are more than any task definition may hold; 2 to the power of 8 are not.
    #expect(try #require(text("V")).utf8.count <= 64 << 10)
    #expect(text("W")?.unicodeScalars.count == 256)
  }

  @Test func listsOfPartsAreNotCopiedForEveryPart() throws {
    let parts = repeatElement("a", count: 60_000).joined(separator: ", ")
    let template = try Template(parsing: "Resources: {A: {Type: 'X::Y', Properties: {V: !Join ['', [\(parts)]]}}}")
    let evaluator = Evaluator(TemplateGroup(template))
    let node = try #require(template["A"]?.properties?["V"])
    #expect(evaluator.text(of: node, in: 0)?.utf8.count == 60_000)
  }

  @Test func equalHolesAreEqualAndOthersAreNot() {
    let holes = HoleTable()
    let region = holes.scalar(for: .pseudoParameter(name: "AWS::Region", stack: nil))
    #expect(holes.scalar(for: .pseudoParameter(name: "AWS::Region", stack: nil)) == region)
    #expect(holes.scalar(for: .parameter(stack: 0, name: "AWS::Region")) != region)
    #expect(HoleTable.literal("a\u{F0000}b") == "a\u{FFFD}b")
  }
}
