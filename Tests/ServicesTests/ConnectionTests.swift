import Services
import Support
import Testing

/// Which values of a client's task make a connection to a MySQL server that publishes `mysql:3306`.
@Suite struct ConnectionTests {
  @Test(arguments: [
    ("DB_HOST", "mysql", "strong"),
    ("DB_HOST", "MySQL", "strong"),
    ("DB_HOST", "mysql:3306", "certain"),
    ("DB_HOST", "mysql:3307", "weak"),
    ("ANYTHING", "mysql:3306", "certain"),
    ("ANYTHING", "mysql:8", nil),
    ("ANYTHING", "mysql://mysql/db", "strong"),
    ("ANYTHING", "mysql://mysql:3307/db", "weak"),
    ("ANYTHING", "mysql", nil),
    ("MYSQL_DB", "mysql", nil),
    ("DB_NAME", "mysql", nil),
    ("DB_CONNECTION", "mysql", nil),
    ("DB_HOST", "mysql.example.com", nil),
    ("DB_HOST", "my-mysql:3306", nil),
    ("API_URL", "https://example.com/mysql:3306/x", nil),
    ("IMAGE", "registry.example.com/mysql:3306", nil),
  ])
  func strengthOfAnEnvironmentValue(name: String, value: String, expected: String?) throws {
    #expect(try strengths("Environment: [{Name: \(name), Value: '\(value)'}]") == [expected].compactMap(\.self))
  }

  @Test(arguments: [
    ("Environment: [{Name: DB_HOST, Value: mysql}, {Name: DB_PORT, Value: '3306'}]", "certain"),
    ("Environment: [{Name: DB_HOST, Value: mysql}, {Name: DB_PORT, Value: 3307}]", "weak"),
    ("Environment: [{Name: DB, Value: mysql}, {Name: DB_PORT, Value: '3306'}]", "certain"),
    ("Environment: !If [C, [{Name: DB_HOST, Value: mysql}], !Ref AWS::NoValue]", "strong"),
    ("Environment: [{Name: DB_HOST, Value: !If [C, mysql, other]}]", "strong"),
    ("Command: [serve, --db, 'mysql:3306']", "certain"),
    ("Command: [serve, --db-host, mysql]", "strong"),
    ("Command: [nc, -z, mysql, '3306']", "certain"),
    ("EntryPoint: [sh, -c, 'wait-for mysql 3306 && serve']", "certain"),
    ("HealthCheck: {Command: [CMD-SHELL, 'mysqladmin ping -h mysql']}", "strong"),
    ("Command: [mysql, start]", nil),
    ("Links: ['db:mysql'], Environment: [{Name: DB_HOST, Value: mysql}]", nil),
    ("ExtraHosts: [{Hostname: mysql, IpAddress: 10.0.0.1}], Environment: [{Name: DB_HOST, Value: mysql}]", nil),
    ("Name: mysql, Environment: [{Name: DB_HOST, Value: mysql}]", nil),
  ])
  func strengthOfAContainer(container: String, expected: String?) throws {
    #expect(try strengths(container) == [expected].compactMap(\.self))
  }

  /// The namespaces of client and server, and whether they surely are one.
  @Test(arguments: [
    ("Namespace: shop", "Namespace: shop", true),
    ("Namespace: shop", "Namespace: other", false),
    ("Namespace: shop", "Namespace: !GetAtt Ns.Arn", true),
    ("Namespace: !Ref Ns", "Namespace: !GetAtt Ns.Arn", true),
    ("Namespace: !Ref Shared", "Namespace: !Ref Shared", true),
    ("Namespace: !Ref Shared", "Namespace: !GetAtt Ns.Arn", false),
    ("Namespace: !ImportValue ns", "Namespace: !ImportValue ns", true),
    ("Namespace: !ImportValue ns", "Namespace: !ImportValue other", false),
    (
      "Namespace: !Sub 'arn:aws:x:${AWS::Region}:namespace/ns-1'", "Namespace: arn:aws:x:eu-west-1:namespace/ns-1",
      false
    ),
    ("Services: []", "Namespace: !GetAtt Ns.Arn", true),
    ("Services: []", "Namespace: other", false),
  ])
  func namespace(client: String, server: String, isOne: Bool) throws {
    let model = try ServiceModel(parsing: template("Environment: [{Name: H, Value: 'mysql:3306'}]", client, server))
    #expect(model.connections.isEmpty != isOne)
  }

  /// The name that the server publishes, and the host that the client uses.
  @Test(arguments: [
    ("{PortName: p, ClientAliases: [{DnsName: db, Port: 1}]}", "db:1", true),
    ("{PortName: p, DiscoveryName: d, ClientAliases: [{Port: 1}]}", "d.shop:1", true),
    ("{PortName: p, ClientAliases: [{Port: 1}]}", "p.shop:1", true),
    ("{PortName: p, DiscoveryName: d, ClientAliases: [{Port: 1}]}", "p.shop:1", false),
    ("{PortName: p, ClientAliases: [{Port: 1}]}", "p:1", false),
    ("{PortName: p, DiscoveryName: d, ClientAliases: [{DnsName: db, Port: 1}]}", "d.shop:1", false),
    ("{PortName: p}", "p.shop:1", true),
    ("!If [C, {PortName: p, ClientAliases: [{DnsName: db, Port: 1}]}, !Ref AWS::NoValue]", "db:1", true),
  ])
  func publishedName(entry: String, host: String, isFound: Bool) throws {
    let text = template(
      "Environment: [{Name: URL, Value: 'http://\(host)'}]", "Namespace: !GetAtt Ns.Arn", "Namespace: shop",
      entry: entry)
    #expect(try ServiceModel(parsing: text).connections.isEmpty != isFound)
  }

  @Test func aServiceIsNoClientOfItself() throws {
    let text = template(
      "Image: x", "Namespace: shop", "Namespace: shop", server: "Environment: [{Name: A, Value: 'mysql:3306'}]")
    #expect(try ServiceModel(parsing: text).connections.isEmpty)
  }

  @Test(arguments: ["Enabled: false", "Enabled: 'false'", "Enabled: False"])
  func aServiceThatIsSwitchedOffIsNone(enabled: String) throws {
    let text = template(
      "Environment: [{Name: A, Value: 'mysql:3306'}]", "Namespace: shop", "Namespace: shop, \(enabled)"
    )
    .replacing("Enabled: true, Namespace: shop, \(enabled)", with: "Namespace: shop, \(enabled)")
    #expect(try ServiceModel(parsing: text).connections.isEmpty)
  }

  private func strengths(_ container: String) throws -> [String] {
    let model = try ServiceModel(parsing: template(container, "Namespace: shop", "Namespace: shop"))
    return model.connections.map(\.strength.rawValue)
  }

  private func template(
    _ container: String, _ clientNamespace: String, _ serverNamespace: String,
    entry: String = "{PortName: mysql, ClientAliases: [{DnsName: mysql, Port: 3306}]}", server: String = "Image: mysql"
  ) -> String {
    """
    Conditions: {C: !Equals [!Ref AWS::Region, eu-west-1]}
    Parameters: {Shared: {Type: String}}
    Resources:
      Ns: {Type: AWS::ServiceDiscovery::HttpNamespace, Properties: {Name: shop}}
      Cluster:
        Type: AWS::ECS::Cluster
        Properties: {ServiceConnectDefaults: {Namespace: !GetAtt Ns.Arn}}
      ClientTask:
        Type: AWS::ECS::TaskDefinition
        Properties: {ContainerDefinitions: [{\(container)}]}
      ServerTask:
        Type: AWS::ECS::TaskDefinition
        Properties: {ContainerDefinitions: [{\(server)}]}
      Client:
        Type: AWS::ECS::Service
        Properties:
          Cluster: !Ref Cluster
          TaskDefinition: !Ref ClientTask
          ServiceConnectConfiguration: {Enabled: true, \(clientNamespace)}
      Server:
        Type: AWS::ECS::Service
        Properties:
          Cluster: !Ref Cluster
          TaskDefinition: !Ref ServerTask
          ServiceConnectConfiguration: {Enabled: true, \(serverNamespace), Services: [\(entry)]}
    """
  }
}
