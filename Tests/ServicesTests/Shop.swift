import Services
import Support

/// A template with a client `Web` and two servers in Service Connect: `Db` publishes `mysql:3306`, `Api` publishes
/// `api:8080`. Cases add what they are about.
struct Shop {
  /// Fields of the client's container.
  var container = "Image: web"
  /// More resources.
  var resources = ""
  /// Fields of the client's service.
  var client = "ServiceConnectConfiguration: {Enabled: true, Namespace: shop}"
  /// Fields of the servers, and of the container of `Db`.
  var db = ""
  var dbContainer = "Image: mysql"
  var api = ""
  /// Attributes of the client beside its properties.
  var attributes = ""
  var declared: [DeclaredConnection] = []
  var assets = AssetTexts.none

  var text: String {
    """
    Parameters: {Env: {Type: String}, List: {Type: CommaDelimitedList, Default: 'mysql,api'}}
    Conditions: {C: !Equals [!Ref Env, prod]}
    Resources:
      WebTask: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, \(container)}]}}
      Web: {Type: AWS::ECS::Service, \(attributes) Properties: {TaskDefinition: !Ref WebTask, \(client)}}
      DbTask:
        Type: AWS::ECS::TaskDefinition
        Properties:
          ContainerDefinitions: [{Name: db, PortMappings: [{Name: mysql, ContainerPort: 3306}], \(dbContainer)}]
      Db:
        Type: AWS::ECS::Service
        Properties: {TaskDefinition: !Ref DbTask, \(publishes("mysql", 3306)), \(db)}
      ApiTask:
        Type: AWS::ECS::TaskDefinition
        Properties: {ContainerDefinitions: [{Name: main, PortMappings: [{Name: api, ContainerPort: 8080}], Image: api}]}
      Api: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref ApiTask, \(publishes("api", 8080)), \(api)}}
    \(resources.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }.joined(separator: "\n"))
    """
  }

  func model() throws -> ServiceModel { try ServiceModel(parsing: text, declared: declared, assets: assets) }

  /// What is found, a line for each connection: `Web -> Db service-connect certain environment`.
  func connections() throws -> [String] {
    let model = try model()
    return model.connections.map { connection in
      let kinds = connection.evidence.map(\.kind.rawValue).joined(separator: " ")
      let ends = [connection.client, connection.server].map { model.group[$0].logicalID }.joined(separator: " -> ")
      return "\(ends) \(connection.mechanism.rawValue) \(connection.strength.rawValue) \(kinds)"
    }
  }

  /// What is looked up in vain, a line for each: `Web notConnected mysql:3306 of Db`.
  func failures() throws -> [String] {
    let model = try model()
    return model.failedLookups.map { lookup in
      let server = lookup.endpoint.map { " of \(model.group[$0.server].logicalID)" } ?? ""
      return "\(model.group[lookup.client].logicalID) \(lookup.cause) \(lookup.display)\(server)"
    }
  }

  private func publishes(_ name: String, _ port: Int) -> String {
    """
    ServiceConnectConfiguration: {Enabled: true, Namespace: shop, Services: \
    [{PortName: \(name), ClientAliases: [{DnsName: \(name), Port: \(port)}]}]}
    """
  }
}
