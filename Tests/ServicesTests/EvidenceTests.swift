import Services
import Testing

/// Every kind of evidence with Service Connect: fields of the client's container, more resources, and what they show.
@Suite struct EvidenceTests {
  @Test(arguments: [
    // Environment: forms of a value.
    ("Environment: [{Name: URL, Value: 'http://api:8080/v1?x=1'}]", "Api certain environment"),
    ("Environment: [{Name: URL, Value: 'http://user:pw@API:8080'}]", "Api certain environment"),
    ("Environment: [{Name: DATABASE_URL, Value: 'postgres://u:p@mysql/orders'}]", "Db strong environment"),
    ("Environment: [{Name: J, Value: 'jdbc:mysql://mysql:3306/orders?useSSL=false'}]", "Db certain environment"),
    ("Environment: [{Name: J, Value: 'jdbc:oracle:thin:@mysql:3306:x'}]", "Db certain environment"),
    ("Environment: [{Name: D, Value: 'host=mysql port=3306 dbname=orders'}]", "Db certain environment"),
    ("Environment: [{Name: D, Value: 'u:p@tcp(mysql:3306)/orders'}]", "Db certain environment"),
    ("Environment: [{Name: D, Value: 'Server=tcp:mysql;Port=3306;Database=api'}]", "Db certain environment"),
    ("Environment: [{Name: BROKERS, Value: 'PLAINTEXT://other:1,SSL://mysql:3306'}]", "Db certain environment"),
    ("Environment: [{Name: UPSTREAMS, Value: 'other, api;third'}]", "Api strong environment"),
    ("Environment: [{Name: BASE_URL, Value: 'api/v1'}]", "Api strong environment"),
    // Environment: ports that stand apart.
    ("Environment: [{Name: DB_HOST, Value: mysql}, {Name: DB_PORT, Value: 3306}]", "Db certain environment"),
    ("Environment: [{Name: PGHOST, Value: mysql}, {Name: PGPORT, Value: '3306'}]", "Db certain environment"),
    ("Environment: [{Name: DB_SERVER, Value: mysql}, {Name: DB_SERVER_PORT, Value: 3306}]", "Db certain environment"),
    ("Environment: [{Name: HOST, Value: mysql}, {Name: PORT, Value: 80}]", "Db strong environment"),
    ("Environment: [{Name: DB_HOST, Value: mysql}, {Name: DB_PORT, Value: 5432}]", "Db weak environment"),
    ("Environment: [{Name: API_HOST, Value: !Sub 'api:${Env}'}]", "Api strong environment"),
    ("Environment: [{Name: URL, Value: 'http://api'}]", "Api strong environment"),
    // Environment: structure inside of a value.
    (#"Environment: [{Name: CFG, Value: '{"db": {"host": "mysql", "port": 3306}}'}]"#, "Db certain environment"),
    (#"Environment: [{Name: CFG, Value: '{"db": {"host": "mysql"}, "port": 8080}'}]"#, "Db strong environment"),
    (#"Environment: [{Name: BACKENDS, Value: '["api:8080"]'}]"#, "Api certain environment"),
    (#"Environment: [{Name: UPSTREAMS, Value: '["other", "api"]'}]"#, "Api strong environment"),
    (#"Environment: [{Name: CFG, Value: "db:\n  address: mysql\n  port_value: 3306\n"}]"#, "Db certain environment"),
    (
      #"Environment: [{Name: CFG, Value: "spring:\n  datasource:\n    url: jdbc:mysql://mysql/x\n"}]"#,
      "Db strong environment"
    ),
    // Environment: functions.
    ("Environment: [{Name: H, Value: !Join [':', [mysql, !GetAtt Stored.Value]]}]", "Db certain environment"),
    ("Environment: [{Name: H, Value: !Join [':3306;', !Ref List]}]", "Db certain environment"),
    ("Environment: [{Name: H_URL, Value: !If [C, !Ref AWS::NoValue, 'http://api']}]", "Api strong environment"),
    ("Environment: [{Name: C, Value: {Fn::ToJsonString: {host: mysql, port: 3306}}}]", "Db certain environment"),
    ("Environment: [{Name: H, Value: '{{resolve:ssm:/shop/url:1}}'}]", "Db certain environment"),
    ("Environment: [{Name: H, Value: 'x={{resolve:secretsmanager:shop:SecretString:url}}'}]", "Db strong environment"),
    // Commands.
    ("Command: [serve, --db-host, mysql, --db-port, '3306']", "Db certain command"),
    ("Command: [mysql, -h, mysql, -P, '3306']", "Db certain command"),
    ("Command: ['mysql -hmysql -uroot']", "Db strong command"),
    ("Command: [sh, -c, 'until (echo > /dev/tcp/mysql/3306); do sleep 1; done']", "Db certain command"),
    ("Command: [sh, -c, 'DB_HOST=mysql serve']", "Db strong command"),
    ("Command: [java, -Ddb.host=mysql]", "Db strong command"),
    ("Command: [-h http://api:8080/color]", "Api certain command"),
    ("EntryPoint: [dockerize, -wait, 'tcp://mysql:3306']", "Db certain entry-point"),
    ("EntryPoint: [sh, -c, 'echo \"location / { proxy_pass http://api:8080; }\" > x.conf']", "Api certain entry-point"),
    ("EntryPoint: [sh, -c, 'upstream x { server api; } proxy_pass http://x;']", "Api strong entry-point"),
    ("EntryPoint: [sh, -c, 'fastcgi_pass api:8080;']", "Api certain entry-point"),
    ("HealthCheck: {Command: [CMD-SHELL, 'pg_isready -h mysql -p 3306']}", "Db certain health-check"),
    // Labels and logging.
    ("DockerLabels: {upstream: 'mysql:3306'}", "Db certain label"),
    ("DockerLabels: {probe.url: 'http://api:8080/x'}", "Api certain label"),
    ("LogConfiguration: {LogDriver: fluentd, Options: {fluentd-address: 'api:8080'}}", "Api certain log-option"),
    ("LogConfiguration: {LogDriver: awsfirelens, Options: {Host: api, Port: 8080}}", "Api certain log-option"),
    ("FirelensConfiguration: {Type: fluentbit, Options: {upstream-url: 'http://api'}}", "Api strong log-option"),
    (
      "LogConfiguration: {LogDriver: splunk, SecretOptions: [{Name: splunk-url, ValueFrom: !Ref Url}]}",
      "Db certain parameter"
    ),
    // Parameters and secrets.
    ("Secrets: [{Name: DB, ValueFrom: !Ref Url}]", "Db certain parameter"),
    ("Secrets: [{Name: DB, ValueFrom: /shop/url}]", "Db certain parameter"),
    ("Secrets: [{Name: DB, ValueFrom: 'arn:aws:ssm:eu-west-1:1:parameter/shop/url'}]", "Db certain parameter"),
    (
      "Secrets: [{Name: DB, ValueFrom: !Sub 'arn:${AWS::Partition}:ssm:${AWS::Region}:1:parameter/${Url}'}]",
      "Db certain parameter"
    ),
    ("Secrets: [{Name: DB, ValueFrom: !Join ['', ['arn:aws:ssm:eu:1:parameter', !Ref Url]]}]", "Db certain parameter"),
    ("Secrets: [{Name: DB, ValueFrom: !Sub '/${Env}/host'}]", nil),
    ("Secrets: [{Name: DB_HOST, ValueFrom: !Sub '/${Env}/host'}]", "Db strong parameter"),
    ("Secrets: [{Name: DB, ValueFrom: !Ref Secret}]", "Db certain secret"),
    ("Secrets: [{Name: DB_HOST, ValueFrom: !Sub '${Secret}:host::'}]", "Db strong secret"),
    (
      "Secrets: [{Name: DB_URL, ValueFrom: 'arn:aws:secretsmanager:eu:1:secret:shop-AbCdEf:url::'}]", "Db strong secret"
    ),
    ("Secrets: [{Name: DB_HOST, ValueFrom: 'arn:aws:secretsmanager:eu:1:secret:generated'}]", "Db strong secret"),
    // AppConfig.
    ("Environment: [{Name: APP, Value: !Ref App}]", "Api certain configuration"),
    ("Environment: [{Name: APPCONFIG_PROFILE, Value: 'shop-app:main'}]", "Api certain configuration"),
    ("Command: [agent, /applications/shop-app/environments/x]", "Api certain configuration"),
  ])
  func evidence(container: String, expected: String?) throws {
    var shop = Shop(container: container, resources: EvidenceTests.stored)
    if container.contains("App") || container.contains("app") { shop.resources += "\n" + EvidenceTests.configuration }
    let line = expected.map { $0.split(separator: " ", maxSplits: 1) }.map {
      "Web -> \($0[0]) service-connect \($0[1])"
    }
    #expect(try shop.connections() == [line].compactMap(\.self))
  }

  private static let stored = """
    Stored: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: 3306}}
    Url: {Type: AWS::SSM::Parameter, Properties: {Name: /shop/url, Type: String, Value: 'mysql://u@mysql:3306/x'}}
    Host: {Type: AWS::SSM::Parameter, Properties: {Name: !Sub '/${Env}/host', Type: String, Value: mysql}}
    Secret:
      Type: AWS::SecretsManager::Secret
      Properties: {Name: shop, SecretString: '{"user": "u", "host": "mysql", "port": 3306, "url": "mysql://mysql/x"}'}
    Generated:
      Type: AWS::SecretsManager::Secret
      Properties: {Name: generated, GenerateSecretString: {SecretStringTemplate: '{"host": "mysql"}'}}
    """
  private static let configuration = """
    App: {Type: AWS::AppConfig::Application, Properties: {Name: shop-app}}
    Version:
      Type: AWS::AppConfig::HostedConfigurationVersion
      Properties: {ApplicationId: !Ref App, ConfigurationProfileId: abc, Content: '{"catalog": {"url": "http://api:8080"}}'}
    """

  @Test(arguments: [
    "Environment: [{Name: DB_HOST, Value: mysql}, {Name: CACHE, Value: mysql}, {Name: DB, Value: 'mysql:3306'}]",
    "Environment: [{Name: DB_HOST, Value: mysql}], Command: ['mysql:3306']",
  ])
  func twoTextsAreOneConnection(container: String) throws {
    let model = try Shop(container: container).model()
    #expect(model.connections.map(\.strength) == [.certain])
    #expect(model.connections.map(\.evidence.count) == [2])
  }

  /// The place of a value that stands elsewhere is that of the value.
  @Test func evidenceShowsTheValueAndNotTheReference() throws {
    let shop = Shop(container: "Secrets: [{Name: DB, ValueFrom: !Ref Url}]", resources: EvidenceTests.stored)
    let evidence = try #require(try shop.model().connections.first?.evidence.first)
    #expect(evidence.name == "DB")
    #expect(evidence.location.line?.contains("Url: {Type") ?? false)
  }

  @Test func aLoneClientOfAConfigurationIsAHint() throws {
    let configuration = EvidenceTests.configuration.replacing("http://api:8080", with: "http://api:8080,mysql:3306")
    #expect(
      try Shop(resources: configuration).connections() == [
        "Web -> Api service-connect weak configuration", "Web -> Db service-connect weak configuration",
      ])
    #expect(try Shop(resources: EvidenceTests.configuration).connections().isEmpty)
  }

  @Test func variablesMayStandInAFileOfTheAssembly() throws {
    let file = AssetTexts.File(
      path: "cdk.out/asset.1.env", text: .init(Array("# x\nDB_HOST=mysql\r\nDB_PORT=3306\n".utf8)))
    let shop = Shop(
      container: "EnvironmentFiles: [{Type: s3, Value: !Sub 'arn:${AWS::Partition}:s3:::bucket-${AWS::Region}/1.env'}]",
      assets: AssetTexts { $0 == "1.env" ? file : nil })
    #expect(try shop.connections() == ["Web -> Db service-connect certain environment-file"])
    let evidence = try #require(try shop.model().connections.first?.evidence.first)
    #expect(evidence.location.path == "cdk.out/asset.1.env")
    #expect(evidence.location.range.start.line == 2)
    #expect(evidence.location.line == "DB_HOST=mysql")
  }
}
