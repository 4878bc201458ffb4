import Deployment
import Support
import Templates
import Testing

/// What the conditions of a template allow for a client and a server.
@Suite struct ConditionTests {
  /// The attributes of client and server, and the relation; `nil` when no deployment has both.
  @Test(arguments: [
    ("Condition: Prod", "Condition: Prod", "none"),
    ("Condition: Prod", "Condition: NotProd", nil),
    ("Condition: Prod", "Condition: Test", nil),
    ("Condition: Prod", "", "none"),
    ("Condition: Prod, DependsOn: Server", "Condition: Prod", "explicit"),
    ("Condition: Both, DependsOn: Server", "", "explicit"),
    ("Condition: Never", "", nil),
    ("Condition: Mapped", "Condition: Test", nil),
    ("Condition: Mapped", "Condition: Prod", "none"),
    ("Metadata: {A: !If [Prod, !Ref Server, !Ref AWS::NoValue]}", "", "none"),
    ("Metadata: {A: !If [Prod, !Ref Server, !Ref AWS::NoValue]}", "Condition: Prod", "implicit"),
    ("Condition: Prod, Metadata: {A: !If [Prod, !Ref Server, !Ref AWS::NoValue]}", "", "implicit"),
    ("Metadata: {A: !If [Prod, !Ref Server, !If [NotProd, !Ref Server, x]]}", "", "implicit"),
    ("Metadata: {A: !If [Prod, !Ref Server, x], B: !If [Prod, x, !Ref Server]}", "", "implicit"),
    ("DependsOn: ProdBridge", "", "none"),
    ("DependsOn: [ProdBridge, TestBridge, DevBridge]", "", "explicit"),
    ("DependsOn: [ProdBridge, TestBridge]", "", "none"),
    ("Condition: Prod", "DependsOn: Client", "reversed"),
  ])
  func relation(client: String, server: String, expected: String?) throws {
    #expect(try relation(client, server)?.relation.rawValue == expected)
  }

  @Test func circumstancesNameWhatMustBeChosen() throws {
    let (relation, missing, space) = try #require(try self.relation("Metadata: {A: !If [Prod, !Ref Server, x]}", ""))
    #expect(relation == .none)
    var conditions = space
    #expect(conditions.circumstances(of: missing) == "Stage is not prod")
  }

  /// Hundreds of conditions and branches: judged at once, and never by trying all of them.
  @Test(.timeLimit(.minutes(1))) func manyConditionsAreNoEnumeration() throws {
    let count = 400
    let parameters = (0..<count).map { "P\($0): {Type: String}" }.joined(separator: ", ")
    let conditions = (0..<count).map { "C\($0): !Equals [!Ref P\($0), on]" }.joined(separator: ", ")
    let bridges = (0..<count).map { index in
      "  B\(index): {Type: 'X::Y', Metadata: {A: !If [C\(index), !Ref \(index == 0 ? "Server" : "B\(index - 1)"), x]}}\n"
    }
    let template = try Template(
      parsing: """
        Parameters: {\(parameters)}
        Conditions: {\(conditions)}
        Resources:
          Client: {Type: 'X::Y', DependsOn: B\(count - 1)}
          Server: {Type: 'X::Y'}
        \(bridges.joined())
        """)
    #expect(try relation(in: template)?.relation == Waits.Relation.none)
  }

  @Test func acircleAcrossExclusiveBranchesIsNone() throws {
    #expect(try circles("!If [Prod, !Ref B, x]", "!If [Prod, x, !Ref A]") == [])
    #expect(try circles("!If [Prod, !Ref B, x]", "!If [Prod, !Ref A, x]") == [["A", "B"]])
    #expect(try circles("!If [Prod, !Ref B, x]", "!If [Other, !Ref A, x]") == [["A", "B"]])
    #expect(try circles("!If [Prod, !Ref B, x]", "!If [Test, !Ref A, x]") == [])
  }

  private func circles(_ a: String, _ b: String) throws -> [[String]] {
    let template = try Template(
      parsing: header + "Resources: {A: {Type: 'X::Y', Metadata: {V: \(a)}}, B: {Type: 'X::Y', Metadata: {V: \(b)}}}")
    let group = TemplateGroup(template)
    let order = DeploymentOrder(group, ConditionSpace(Evaluator(group)))
    return ResourceCircle.all(in: 0, of: order).map { $0.members.map { template.resources[$0].logicalID } }
  }

  private func relation(
    _ client: String, _ server: String
  ) throws -> (relation: Waits.Relation, missing: ConditionSpace.Formula, space: ConditionSpace)? {
    let comma = { (text: String) in text.isEmpty ? "" : ", " + text }
    return try relation(
      in: Template(
        parsing: header + """
          Resources:
            Client: {Type: 'X::Y'\(comma(client))}
            Server: {Type: 'X::Y'\(comma(server))}
            ProdBridge: {Type: 'X::Y', Condition: Prod, DependsOn: Server}
            TestBridge: {Type: 'X::Y', Condition: Test, DependsOn: Server}
            DevBridge: {Type: 'X::Y', Condition: Dev, DependsOn: Server}
          """))
  }

  private func relation(
    in template: Template
  ) throws -> (relation: Waits.Relation, missing: ConditionSpace.Formula, space: ConditionSpace)? {
    let group = TemplateGroup(template)
    let order = DeploymentOrder(group, ConditionSpace(Evaluator(group)))
    var waits = Waits(order)
    let ids = try ["Client", "Server"].map { ResourceID(stack: 0, index: try #require(template.index(of: $0))) }
    return waits.relation(of: ids[0], to: ids[1], when: .always).map { ($0.relation, $0.missing, waits.conditions) }
  }

  private let header = """
    Parameters:
      Stage: {Type: String, AllowedValues: [prod, test, dev]}
      Second: {Type: String}
    Mappings:
      Stages:
        prod: {size: large}
        test: {size: small}
        dev: {size: small}
    Conditions:
      Prod: !Equals [!Ref Stage, prod]
      Test: !Equals [test, !Ref Stage]
      Dev: !Equals [!Ref Stage, dev]
      NotProd: !Not [!Condition Prod]
      Other: !Equals [!Ref Second, on]
      Both: !And [!Condition Prod, !Condition Other]
      Never: !And [!Condition Prod, !Condition Test]
      Mapped: !Equals [!FindInMap [Stages, !Ref Stage, size], large]

    """
}
