import Deployment
import Support
import Templates
import Testing

/// Where a part of a template is hidden, no path is no proof that nothing orders two resources.
@Suite struct HiddenOrderTests {
  @Test(arguments: [
    ("", "{Type: 'X::Y'}", "none"),
    ("Transform: AWS::Serverless-2016-10-31", "{Type: 'X::Y'}", "none"),
    ("Transform: Tags", "{Type: 'X::Y'}", "unknown"),
    ("Transform: AWS::Include", "{Type: 'X::Y'}", "none"),
    ("Transform: AWS::Include", "{Type: 'X::Y', DependsOn: Bridge}", "unknown"),
    ("Transform: AWS::Include", "{Type: 'X::Y', DependsOn: Other}", "unknown"),
    ("Metadata: {}", "{Type: 'X::Y', DependsOn: ModuleQueue}", "unknown"),
    ("", "{Type: 'X::Y', Metadata: {Fn::Transform: {Name: AWS::Include}}}", "unknown"),
    ("", "{Type: 'X::Y', Metadata: {Fn::Transform: {Name: AWS::Include}}, DependsOn: Server}", "explicit"),
    ("Transform: AWS::LanguageExtensions", "{Type: 'X::Y', DependsOn: !If [C, Server, Other]}", "unknown"),
    ("Transform: AWS::LanguageExtensions", "{Type: 'X::Y', DependsOn: [!Sub Server]}", "explicit"),
  ])
  func relation(transform: String, client: String, expected: String) throws {
    let template = try Template(
      parsing: """
        \(transform)
        Resources:
          Client: \(client)
          Server: {Type: 'X::Y'}
          Module: {Type: 'My::Own::Queue::MODULE'}
          Other: {Type: 'X::Y', Properties: {P: !Ref Bridge}}
        """)
    let group = TemplateGroup(template)
    var waits = Waits(DeploymentOrder(group, ConditionSpace(Evaluator(group))))
    let ids = ["Client", "Server"].compactMap { template.index(of: $0) }.map { ResourceID(stack: 0, index: $0) }
    #expect(waits.relation(of: ids[0], to: ids[1], when: .always)?.relation.rawValue == expected)
  }

  @Test func namesThatStandForNothing() throws {
    let template = try Template(
      parsing: """
        Parameters: {P: {Type: String}}
        Resources:
          A:
            Type: X::Y
            DependsOn: [B, Gone, ""]
            Properties: {V: !Ref P, W: !GetAtt Lost.Arn, X: !Sub '${AWS::Region}${B}${Away.Name}'}
            UpdatePolicy: {V: !Ref Missing}
            DeletionPolicy: !Ref NotRead
          B: {Type: X::Y, DependsOn: }
        """)
    let names = UnresolvedName.all(in: template.resources[0], of: template)
    #expect(names.map(\.name) == ["Gone", "", "Lost", "Away", "Missing"])
    #expect(names.map(\.kind) == [.dependsOn, .dependsOn, .getAtt, .sub, .ref])
    #expect(UnresolvedName.all(in: template.resources[1], of: template).isEmpty)
  }
}
