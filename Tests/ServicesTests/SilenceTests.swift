import Services
import Testing

/// What looks like a connection to `mysql:3306` or `api:8080` and is none.
@Suite struct SilenceTests {
  private let elsewhere = "ServiceConnectConfiguration: {Enabled: true, Namespace: test}"

  @Test(arguments: [
    // Words that are no hosts.
    "Environment: [{Name: MYSQL_DATABASE, Value: api}]",
    "Environment: [{Name: DB_USER, Value: mysql}]",
    "Environment: [{Name: DB_PASSWORD, Value: mysql}]",
    "Environment: [{Name: SPRING_PROFILES_ACTIVE, Value: mysql}]",
    "Environment: [{Name: DB_CONNECTION, Value: mysql}]",
    "Environment: [{Name: SERVICE, Value: api}]",
    "Environment: [{Name: COMPOSE_PROJECT_NAME, Value: api}]",
    "Environment: [{Name: XRAY_APP_NAME, Value: api}]",
    "Environment: [{Name: HOST_NAME, Value: api}]",
    "Environment: [{Name: SERVER_TYPE, Value: mysql}]",
    "Environment: [{Name: TERM, Value: mysql}]",
    "Environment: [{Name: MODE, Value: 'api,mysql'}]",
    // Images, versions, times and digests.
    "Image: 'mysql:8'",
    "Image: 'mysql:3306'",
    "Environment: [{Name: SIDECAR_IMAGE, Value: 'mysql:3306'}]",
    "Environment: [{Name: X, Value: 'mysql:8'}]",
    "Environment: [{Name: X, Value: 'sha256:mysql:3306'}]",
    "Environment: [{Name: X, Value: 'registry.example.com/mysql:3306'}]",
    // Other hosts.
    "Environment: [{Name: DB_HOST, Value: mysql.example.com}]",
    "Environment: [{Name: DB_HOST, Value: mysql.shop}]",
    "Environment: [{Name: DB_HOST, Value: my-mysql}]",
    "Environment: [{Name: DB_HOST, Value: mysql-replica}]",
    "Environment: [{Name: DB_HOST, Value: !Sub 'mysql.${Env}'}]",
    "Environment: [{Name: DB_HOST, Value: !Sub '${Env}mysql'}]",
    "Environment: [{Name: DB_HOST, Value: !ImportValue mysql}]",
    "Environment: [{Name: DB_HOST, Value: !GetAtt Instance.Endpoint.Address}]",
    "Environment: [{Name: API_URL, Value: 'https://api.example.com:8080/'}]",
    "Environment: [{Name: API_URL, Value: 'http://localhost:8080/api'}]",
    "Environment: [{Name: QUEUE_URL, Value: !Sub 'https://sqs.${AWS::Region}.amazonaws.com/1/api'}]",
    "Environment: [{Name: TOPIC_ARN, Value: !Sub 'arn:aws:sns:${AWS::Region}:1:api'}]",
    // Parts of a URL that are no host.
    "Environment: [{Name: URL, Value: 'postgres://mysql:3306@db.example.com/x'}]",
    "Environment: [{Name: URL, Value: 'postgres://db.example.com/mysql'}]",
    "Environment: [{Name: URL, Value: 'http://example.com/?next=mysql'}]",
    "Environment: [{Name: URL, Value: /api/v1}]",
    "Environment: [{Name: NODE, Value: mesh/shop/virtualNode/api}]",
    // Structure.
    #"Environment: [{Name: CFG, Value: '{"db": {"driver": "mysql", "name": "api"}}'}]"#,
    #"Environment: [{Name: CFG, Value: '{"image": "mysql:3306"}'}]"#,
    #"Environment: [{Name: CFG, Value: '{"metrics": {"namespace": "x/api/StatsD"}}'}]"#,
    #"Environment: [{Name: CFG, Value: '["api", "mysql"]'}]"#,
    // The own address and names of the task.
    "Environment: [{Name: LISTEN, Value: ':8080'}, {Name: BIND_ADDR, Value: '0.0.0.0:8080'}]",
    "Name: api, Environment: [{Name: API_URL, Value: 'http://api:8080'}]",
    "Links: ['sidecar:mysql'], Environment: [{Name: DB_HOST, Value: mysql}]",
    "ExtraHosts: [{Hostname: mysql, IpAddress: 10.0.0.1}], Environment: [{Name: DB_HOST, Value: mysql}]",
    // Commands.
    "Command: [mysql, start]",
    "Command: [npm, run, api]",
    "Command: [serve, --db_pass mysql]",
    "Environment: [{Name: X, Value: !Sub 'mysql:${Env}'}]",
    "Command: [serve, --mode, api]",
    "Command: [serve, --listen, ':8080']",
    "Command: [sh, -c, 'exec mysql --help']",
    "Command: [sh, -c, 'upstream api { server localhost:3000; } proxy_pass http://api;']",
    "Command: [consul, -sidecar-for, api]",
    "HealthCheck: {Command: [CMD-SHELL, 'curl -f http://localhost:8080/ || exit 1']}",
    // Labels, logs, secrets.
    "DockerLabels: {service: api, com.docker.compose.project: mysql}",
    "LogConfiguration: {LogDriver: awslogs, Options: {awslogs-group: api, awslogs-stream-prefix: mysql}}",
    "Secrets: [{Name: MYSQL, ValueFrom: 'arn:aws:secretsmanager:eu:1:secret:demo/mysql'}]",
    "Secrets: [{Name: MYSQL_PASSWORD, ValueFrom: /shop/mysql}]",
    "EnvironmentFiles: [{Type: s3, Value: 'arn:aws:s3:::bucket/mysql.env'}]",
  ])
  func says(container: String) throws {
    let instance = "Instance: {Type: AWS::RDS::DBInstance}"
    let password = "Stored: {Type: AWS::SSM::Parameter, Properties: {Name: /shop/mysql, Value: mysql}}"
    let shop = Shop(container: container, resources: "\(instance)\n\(password)")
    #expect(try shop.connections().isEmpty)
    // What is no connection is none in vain either, whether the client could have it or not.
    for client in ["ServiceConnectConfiguration: {Enabled: true, Namespace: shop}", "Cluster: other", elsewhere] {
      var shop = shop
      shop.client = client
      #expect(try shop.failures().isEmpty, "\(client)")
    }
  }

  /// Clients that names of Service Connect mean nothing to.
  @Test(arguments: [
    "Cluster: other", "ServiceConnectConfiguration: {Enabled: false, Namespace: shop}",
    "ServiceConnectConfiguration: {Enabled: true, Namespace: test}",
    "ServiceConnectConfiguration: {Enabled: true, Namespace: !Ref Env}",
  ])
  func client(client: String) throws {
    #expect(try Shop(container: "Environment: [{Name: A, Value: 'mysql:3306'}]", client: client).connections().isEmpty)
  }

  @Test func aTaskWithoutAServiceIsNoClient() throws {
    let task = """
      Job:
        Type: AWS::ECS::TaskDefinition
        Properties: {ContainerDefinitions: [{Name: job, Environment: [{Name: DB, Value: 'mysql:3306'}]}]}
      Rule:
        Type: AWS::Events::Rule
        Properties: {Targets: [{Id: a, Arn: b, EcsParameters: {TaskDefinitionArn: !Ref Job}}]}
      """
    #expect(try Shop(resources: task).connections().isEmpty)
  }

  /// The database of a project whose containers all get the same variables.
  @Test(arguments: [("mysql", []), ("shop/my-mysql:8", []), ("app", ["Db -> Api service-connect certain environment"])])
  func sharedEnvironment(image: String, extra: [String]) throws {
    let shared = "Environment: [{Name: DB_HOST, Value: mysql}, {Name: API_HOST, Value: 'api:8080'}]"
    let found = try Shop(container: shared, dbContainer: "Image: '\(image)', \(shared)").connections()
    #expect(
      found == [
        "Web -> Db service-connect strong environment", "Web -> Api service-connect certain environment",
      ] + extra)
  }

  @Test func aReplicaIsAClientOfItsPrimary() throws {
    let found = try Shop(dbContainer: "Image: mysql, Environment: [{Name: MASTER_HOST, Value: 'api:8080'}]")
      .connections()
    #expect(found == ["Db -> Api service-connect certain environment"])
  }
}
