import Deployment
import Diagnostics
import Services

/// A client that means the right server and writes the wrong port, or the discovery name where only the alias resolves.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ecs-service-serviceconnectclientalias.html
struct EndpointMismatch: Rule {
  static let description = RuleDescription(
    id: "endpoint-mismatch", severity: .error, group: .serviceConnect,
    summary: "a client names the right server with the wrong port, or by its discovery name")

  func check(_ change: Change) -> [Diagnostic] {
    diagnostics(.otherPort, change) { .nobodyListens($0, $1, $2) }
      + diagnostics(.discoveryName, change) { .noSuchName($0, $1, $2) }
  }

  private func diagnostics(
    _ cause: FailedLookup.Cause, _ change: Change,
    _ message: (FailedLookupFinding, Service, Endpoint) -> Diagnostic.Message
  ) -> [Diagnostic] {
    FailedLookupFinding.all(cause, in: change).compactMap { finding in
      guard let server = finding.server, let endpoint = finding.lookup.endpoint else { return nil }
      return finding.diagnostic(
        Self.description, .error, message(finding, server, endpoint),
        fix: .agree(finding.lookup, server, endpoint, change.language(of: server.id)))
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func nobodyListens(
    _ finding: FailedLookupFinding, _ server: Service, _ endpoint: Endpoint
  ) -> Self {
    let port = finding.lookup.port ?? 0
    let reason =
      endpoint.ingressPort == port ? ", which is the port of the container: clients connect to that of the alias" : ""
    return """
      \(finding.client.logicalID) connects to \(finding.lookup.display) and \(server.logicalID) publishes \
      \(endpoint.display): nothing listens on port \(port) (Connection refused)\(reason)
      """
  }

  fileprivate static func noSuchName(
    _ finding: FailedLookupFinding, _ server: Service, _ endpoint: Endpoint
  ) -> Self {
    """
    \(finding.client.logicalID) names \(finding.lookup.display), the discovery name of \(server.logicalID), but clients \
    resolve only \(endpoint.display) (getaddrinfo ENOTFOUND \(finding.lookup.host))
    """
  }

  fileprivate static func agree(
    _ lookup: FailedLookup, _ server: Service, _ endpoint: Endpoint, _ language: SourceLanguage
  ) -> Self {
    let port = lookup.cause == .otherPort ? lookup.port : endpoint.port
    let number = port.map(String.init) ?? "<port>"
    let alias = language.text(
      yaml: "ClientAliases: [{DnsName: \(lookup.host), Port: \(number)}]",
      json: #""ClientAliases": [{"DnsName": "\#(lookup.host)", "Port": \#(number)}]"#,
      app: "{ portMappingName: '\(endpoint.portName ?? "<name>")', dnsName: '\(lookup.host)', port: \(number) }")
    return "write \(endpoint.display), or let \(server.logicalID) publish what is written: `\(alias)`"
  }
}

extension EndpointMismatch {
  static let manual = RuleManual(
    finds: """
      A client whose task names an endpoint of its namespace with another port than the alias has, as `http://api:8080`
      where the alias is `api:80`, with the port in the same text or in a variable beside it (`API_HOST` and `API_PORT`).
      And a client that names a server by its discovery name, which is the `DiscoveryName`, else the `PortName`, where
      the alias is another name or, without a `DnsName`, `<discovery name>.<namespace>`.
      """,
    effect: """
      The proxy listens on the port of the alias and passes on to that of the container. On any other port nobody answers:
      `Connection refused`, `ECONNREFUSED`, or a time-out. A discovery name is in no hosts file: `getaddrinfo ENOTFOUND
      api`, `Could not resolve host`.
      """,
    example: .template(
      """
       Resources:
         Namespace:
           Type: AWS::ServiceDiscovery::HttpNamespace
           Properties: {Name: shop}
         ApiTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - Name: api
                 Image: example/api:1
                 PortMappings: [{Name: api, ContainerPort: 8080}]
         Api:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref ApiTask
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: !GetAtt Namespace.Arn
               Services: [{PortName: api, ClientAliases: [{DnsName: api, Port: 80}]}]
         WebTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - Name: web
                 Image: example/web:1
      -          Environment: [{Name: API_URL, Value: "http://api:8080"}]
      +          Environment: [{Name: API_URL, Value: "http://api:80"}]
         Web:
           Type: AWS::ECS::Service
           DependsOn: [Api]
           Properties:
             TaskDefinition: !Ref WebTask
             ServiceConnectConfiguration: {Enabled: true, Namespace: !GetAtt Namespace.Arn}
      """),
    cdk: """
      ```ts
      api.enableServiceConnect({ services: [{ portMappingName: 'api', dnsName: 'api', port: 80 }] });
      ```

      Without `dnsName` the alias is `api.<namespace>`, and without `port` it is the port of the container.
      """,
    urgency: "Yes: the client does not reach the server, in this deployment and in every later one.",
    cost: """
      Another text in the client's task starts a deployment of the client. Another alias of the server is a new endpoint,
      which clients learn only in a deployment of their own ([client-not-redeployed](client-not-redeployed.md)).
      """,
    falseAlarms: """
      A URL without a port is not judged. A number is taken for a port only behind a host of a URL, behind a host whose
      variable or flag means one, or in the variable `X_PORT` beside `X_HOST`; `api:8` elsewhere may be the tag of an
      image. A port that the template does not tell is not compared. A name that is also one of Cloud Map, Route 53, App
      Mesh or another container of the task is not judged, nor is a short name where the containers have a search domain
      of the namespace. Whether short names resolve by another search domain is not documented.
      """,
    sources: [
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ecs-service-serviceconnectclientalias.html",
      "https://github.com/aws/copilot-cli/issues/5704",
    ])
}
