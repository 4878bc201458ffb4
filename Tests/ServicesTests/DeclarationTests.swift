import Services
import Support
import Testing

/// Connections that are declared, and those that security groups hint at.
@Suite struct DeclarationTests {
  /// The client's attributes, and what is found.
  @Test(arguments: [
    ("Metadata: {Precede: {ConnectsTo: [Db]}},", ["Web -> Db service-connect certain metadata"]),
    ("Metadata: {Precede: {ConnectsTo: Db}},", ["Web -> Db service-connect certain metadata"]),
    (
      "Metadata: {Precede: {ConnectsTo: [Db, the-api]}},",
      ["Web -> Db service-connect certain metadata", "Web -> Api service-connect certain metadata"]
    ),
    ("Metadata: {Precede: {ConnectsTo: [Web]}},", []),
    ("Metadata: {Precede: {ConnectsTo: [Nobody]}},", []),
    ("Metadata: {Precede: {ConnectsTo: []}},", []),
    ("Metadata: {ConnectsTo: [Db]},", []),
  ])
  func metadata(attributes: String, expected: [String]) throws {
    #expect(try Shop(api: "ServiceName: the-api", attributes: attributes).connections() == expected)
  }

  @Test(arguments: [
    ("Web", "Db", ["Web -> Db service-connect certain declared"], []),
    ("Web", "the-api", ["Web -> Api service-connect certain declared"], []),
    ("Shop/Web", "Db", ["Web -> Db service-connect certain declared"], []),
    ("Shop/Web/Service", "Db", ["Web -> Db service-connect certain declared"], []),
    ("Web", "Nobody", [], ["unknown Nobody"]),
    ("Who", "Nobody", [], ["unknown Who", "unknown Nobody"]),
    ("Web", "twice", [], ["ambiguous twice"]),
    ("Web", "Web", [], []),
  ])
  func declared(client: String, server: String, expected: [String], faults: [String]) throws {
    let twice = "Twice: {Type: AWS::ECS::Service, Properties: {ServiceName: twice}}"
    let shop = Shop(
      resources: twice + "\n" + twice.replacing("Twice", with: "Other"), api: "ServiceName: the-api",
      attributes: "Metadata: {'aws:cdk:path': Shop/Web/Service},", declared: [.init(client: client, server: server)])
    #expect(try shop.connections() == expected)
    #expect(try shop.model().faults.map { "\($0.cause) \($0.name)" } == faults)
  }

  @Test func aDeclarationMakesWhatATextShowsCertain() throws {
    let shop = Shop(
      container: "Environment: [{Name: DB_HOST, Value: mysql}]", declared: [.init(client: "Web", server: "Db")])
    #expect(try shop.connections() == ["Web -> Db service-connect certain environment declared"])
  }

  @Test func orderMayBeIgnored() throws {
    let ignored = DeclaredConnection(client: "Web", server: "Db", order: .ignored(.init("retries")))
    let shop = Shop(container: "Environment: [{Name: DB_HOST, Value: mysql}]", declared: [ignored])
    let connection = try #require(try shop.model().connections.first)
    #expect(connection.ignored?.text == "retries")
    #expect(!connection.needsOrder)
  }

  /// A server that publishes nothing in the client's namespace is connected somehow.
  @Test func aDeclaredConnectionNeedsNoServiceConnect() throws {
    let other = "Other: {Type: AWS::ECS::Service}"
    let shop = Shop(resources: other, declared: [.init(client: "Web", server: "Other")])
    #expect(try shop.connections() == ["Web -> Other other certain declared"])
  }

  @Test func anUnknownNameInMetadataHasAPlace() throws {
    let fault = try #require(try Shop(attributes: "Metadata: {Precede: {ConnectsTo: [Nobody]}},").model().faults.first)
    #expect(fault.location?.line?.contains("ConnectsTo") ?? false)
  }

  /// A rule of the server's group, and what it hints at.
  @Test(arguments: [
    ("SourceSecurityGroupId: !Ref WebGroup, FromPort: 3306, ToPort: 3306", true),
    ("SourceSecurityGroupId: !GetAtt WebGroup.GroupId, FromPort: 3306, ToPort: 3306", true),
    ("SourceSecurityGroupId: !Ref WebGroup, FromPort: 0, ToPort: 65535", false),
    ("SourceSecurityGroupId: !Ref WebGroup, FromPort: 22, ToPort: 22", false),
    ("SourceSecurityGroupId: !Ref DbGroup, FromPort: 3306, ToPort: 3306", false),
    ("CidrIp: 10.0.0.0/8, FromPort: 3306, ToPort: 3306", false),
  ])
  func securityGroups(rule: String, isHint: Bool) throws {
    func network(_ group: String) -> String {
      "NetworkConfiguration: {AwsvpcConfiguration: {SecurityGroups: [\(group)]}}"
    }
    for inline in [true, false] {
      let rules = inline ? ", SecurityGroupIngress: [{\(rule)}]" : ""
      let shop = Shop(
        resources: """
          WebGroup: {Type: AWS::EC2::SecurityGroup}
          DbGroup: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: x\(rules)}}
          \(inline ? "" : "Rule: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !GetAtt DbGroup.GroupId, \(rule)}}")
          """,
        client: "ServiceConnectConfiguration: {Enabled: true, Namespace: shop}, \(network("!Ref WebGroup"))",
        db: network("!GetAtt DbGroup.GroupId"))
      #expect(try shop.connections() == (isHint ? ["Web -> Db service-connect weak security-group"] : []))
    }
  }
}
