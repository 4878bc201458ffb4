import Deployment
import Diagnostics
import Services

/// A service that names an endpoint of Service Connect and is not in Service Connect itself: its tasks get no proxy and no
/// names, whatever the default of the cluster is.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html
struct ClientNotConnected: Rule {
  static let description = RuleDescription(
    id: "client-not-connected", severity: .error, group: .serviceConnect,
    summary: "a service that names an endpoint and has no enabled Service Connect configuration")

  func check(_ change: Change) -> [Diagnostic] {
    FailedLookupFinding.all(.notConnected, in: change).compactMap { finding in
      guard let client = finding.client.service, let server = finding.server else { return nil }
      let doubt = doubt(finding, client, server)
      return finding.diagnostic(
        Self.description, doubt == nil ? .error : .warning, .neverResolves(finding, server, doubt),
        fix: .connect(NamespaceText(of: server, for: client.id, in: change), finding.client))
    }
  }

  /// Why another thing of the same name may be meant. Servers first is the recommended way to move to Service Connect.
  private func doubt(_ finding: FailedLookupFinding, _ client: Service, _ server: Service) -> String? {
    if finding.lookup.mayBeInDNS { return "a name of Cloud Map DNS that begins like it is meant" }
    if client.id.stack != server.id.stack { return "something else of that name is meant" }
    guard let cluster = client.cluster, cluster == server.cluster else {
      return "something else of that name is meant in its cluster"
    }
    return nil
  }
}

extension Diagnostic.Message {
  fileprivate static func neverResolves(
    _ finding: FailedLookupFinding, _ server: Service, _ doubt: String?
  ) -> Self {
    """
    \(finding.client.logicalID) is not in Service Connect: its tasks will never resolve \(finding.lookup.display) of \
    \(server.logicalID) (getaddrinfo ENOTFOUND \(finding.lookup.host))\(doubt.map { ", unless \($0)" } ?? "")
    """
  }

  fileprivate static func connect(_ namespace: NamespaceText, _ client: FailedLookupFinding.Client) -> Self {
    "put \(client.logicalID) into Service Connect; a service that only connects needs no Services: `\(namespace.configuration)`"
  }
}

extension ClientNotConnected {
  static let manual = RuleManual(
    finds: """
      A service whose task names an endpoint that another service publishes by Service Connect, while the service itself
      has no `ServiceConnectConfiguration`, or one with `Enabled: false`. What counts as naming is what counts as a
      connection: the whole host of the endpoint in a variable, a secret's value, a command or the like.
      """,
    effect: """
      The tasks of the service get no proxy and no entries in `/etc/hosts`, so the name never resolves: `getaddrinfo
      ENOTFOUND api`, `Could not resolve host`. The deployment itself succeeds. The default namespace of the cluster does
      not help: it tells where a service goes that is in Service Connect, and puts none there.
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
             Cluster: shop
             TaskDefinition: !Ref ApiTask
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: !GetAtt Namespace.Arn
               Services: [{PortName: api, ClientAliases: [{DnsName: api, Port: 8080}]}]
         WebTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - Name: web
                 Image: example/web:1
                 Environment: [{Name: API_URL, Value: "http://api:8080"}]
         Web:
           Type: AWS::ECS::Service
           DependsOn: [Api]
           Properties:
             Cluster: shop
             TaskDefinition: !Ref WebTask
      +      ServiceConnectConfiguration: {Enabled: true, Namespace: !GetAtt Namespace.Arn}
      """),
    cdk: """
      ```ts
      web.enableServiceConnect();
      ```

      takes the default namespace of the cluster; another one is named by `enableServiceConnect({ namespace: 'shop' })`.
      """,
    urgency: """
      Yes, and every deployment after it: the name resolves for no task of the service. It is an *error* where client and
      server stand in one template and cluster and no DNS of the templates has a name like it, else a *warning*, since
      something else may be meant. A *warning* may be fine for a while: to move servers to Service Connect first and
      clients afterwards is the recommended way.
      """,
    cost: """
      Each task of the service runs a proxy beside its containers, which takes CPU and memory, and the change of the
      configuration starts a deployment. From then on the order counts: the service has to start after the servers that it
      calls ([client-before-server](client-before-server.md)).
      """,
    falseAlarms: """
      The name of another container of the same task, of a link or of `ExtraHosts` is never taken for an endpoint; nor is
      a name that Cloud Map DNS, Route 53 or App Mesh has in the same templates. A variable for others (`PUBLIC_URL`,
      `CORS_ORIGIN`), Docker labels and options of log drivers are not looked at. The rule is silent where a parameter or a
      macro may switch Service Connect on.
      """,
    sources: [
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html",
      "https://github.com/aws/copilot-cli/issues/5704", "https://github.com/aws/copilot-cli/issues/4376",
    ])
}
