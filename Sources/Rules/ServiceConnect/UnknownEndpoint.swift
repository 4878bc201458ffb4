import Diagnostics
import Services

/// A host below the client's namespace that no service publishes. Only of namespaces of which everything is known: made
/// by the templates, and given to nobody else.
struct UnknownEndpoint: Rule {
  static let description = RuleDescription(
    id: "unknown-endpoint", severity: .warning, group: .serviceConnect,
    summary: "a host below a namespace that no service publishes")

  func check(_ change: Change) -> [Diagnostic] {
    FailedLookupFinding.all(.unpublished, in: change).compactMap { finding in
      guard let client = finding.client.service, let connect = client.connect else { return nil }
      return finding.diagnostic(
        Self.description, .warning, .publishedByNobody(finding, connect), fix: .publishOrWrite(finding))
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func publishedByNobody(_ finding: FailedLookupFinding, _ connect: ServiceConnect) -> Self {
    let client = finding.client.logicalID
    let meant = finding.server.map { server in
      "; \(server.logicalID) publishes \(finding.lookup.endpoint?.display ?? "")"
    }
    return """
      \(client) names \(finding.lookup.display), which no service publishes in the namespace \(connect.namespaceName): \
      its tasks will not resolve it (getaddrinfo ENOTFOUND \(finding.lookup.host))\(meant ?? "")
      """
  }

  fileprivate static func publishOrWrite(_ finding: FailedLookupFinding) -> Self {
    guard let endpoint = finding.lookup.endpoint else {
      return """
        name an endpoint that is published, or publish this one: the service that is meant needs an entry under Services \
        of its ServiceConnectConfiguration
        """
    }
    return "write \(endpoint.display), as clients resolve the alias alone where it has a DnsName"
  }
}

extension UnknownEndpoint {
  static let manual = RuleManual(
    finds: """
      A client in Service Connect whose task names a host below its namespace, `orders.shop.local` in `shop.local`, that
      no service publishes. Only of a namespace that the templates make and hand to nobody else: then all of its
      endpoints are known.
      """,
    effect: """
      The tasks do not resolve the host: `getaddrinfo ENOTFOUND orders.shop.local`, `Could not resolve host`. Where an
      endpoint was taken away, running tasks keep an entry with nobody behind it until their next deployment. Often the
      service is there under its short name: an alias with a `DnsName` is the only name that clients resolve, and the name
      with the namespace is none then. No public report of it is known: it follows from how names are published.
      """,
    example: .template(
      """
       Resources:
         Namespace:
           Type: AWS::ServiceDiscovery::HttpNamespace
           Properties: {Name: shop.local}
         OrdersTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - Name: orders
                 Image: example/orders:1
                 PortMappings: [{Name: orders, ContainerPort: 8080}]
         Orders:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref OrdersTask
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: !GetAtt Namespace.Arn
               Services: [{PortName: orders, ClientAliases: [{DnsName: orders, Port: 8080}]}]
         WebTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - Name: web
                 Image: example/web:1
      -          Environment: [{Name: ORDERS_URL, Value: "http://orders.shop.local:8080"}]
      +          Environment: [{Name: ORDERS_URL, Value: "http://orders:8080"}]
         Web:
           Type: AWS::ECS::Service
           DependsOn: [Orders]
           Properties:
             TaskDefinition: !Ref WebTask
             ServiceConnectConfiguration: {Enabled: true, Namespace: !GetAtt Namespace.Arn}
      """),
    urgency: """
      Yes, from the next deployment of the client on. It is a *warning*, because a name that only looks like one of the
      namespace may be served by something outside of the templates.
      """,
    cost: "Nothing more: the client gets a deployment with the other name.",
    falseAlarms: """
      The rule is silent where anybody else may publish in the namespace: an export of it or of a cluster with it for a
      default, a resource of another kind that is given it, a service whose namespace or name a parameter decides, a
      nested stack that was not read, a macro. So it is where a Cloud Map service or a Route 53 record of the name is in
      the templates, and where the namespace has a name that public hosts may have.
      """,
    sources: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html"])
}
