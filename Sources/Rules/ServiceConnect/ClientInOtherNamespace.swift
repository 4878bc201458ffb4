import Deployment
import Diagnostics
import Services

/// A client that names an endpoint of another namespace than its own. Names resolve only within one namespace, and
/// nothing fails while the services are deployed.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html
struct ClientInOtherNamespace: Rule {
  static let description = RuleDescription(
    id: "client-in-other-namespace", severity: .error, group: .serviceConnect,
    summary: "a client and the server that it names are in different namespaces")

  func check(_ change: Change) -> [Diagnostic] {
    FailedLookupFinding.all(.otherNamespace, in: change).compactMap { finding in
      guard let client = finding.client.service, let server = finding.server else { return nil }
      // Another stack may well have a server of a name that is common.
      let isSure = client.id.stack == server.id.stack
      return finding.diagnostic(
        Self.description, isSure ? .error : .warning, .apart(finding, client, server, isSure: isSure),
        fix: .together(client, server, change))
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func apart(
    _ finding: FailedLookupFinding, _ client: Service, _ server: Service, isSure: Bool
  ) -> Self {
    let own = client.connect?.namespaceName ?? ""
    let doubt = isSure ? "" : ", unless a service that is not seen here publishes it in \(own)"
    return """
      \(client.logicalID) is in the namespace \(own) and \(server.logicalID) publishes \(finding.lookup.display) in \
      \(server.connect?.namespaceName ?? ""): names resolve only within one namespace, so its tasks will never resolve it \
      (getaddrinfo ENOTFOUND \(finding.lookup.host))\(doubt)
      """
  }

  fileprivate static func together(_ client: Service, _ server: Service, _ change: Change) -> Self {
    let namespace = NamespaceText(of: server, for: client.id, in: change)
    return
      "give \(client.logicalID) the namespace of \(server.logicalID), or the other way round: `\(namespace.configuration)`"
  }
}

extension ClientInOtherNamespace {
  static let manual = RuleManual(
    finds: """
      A client in Service Connect whose task names an endpoint that is published in another namespace and not in its own.
      The namespace of a service is its own `Namespace`, else the default of its cluster; a resource, its ARN and its name
      are one namespace.
      """,
    effect: """
      The tasks of the client get the names of their own namespace and no others. The name never resolves: `getaddrinfo
      ENOTFOUND api`, `Could not resolve host`. The deployment succeeds without any error.
      """,
    example: .template(
      """
       Resources:
         Shop:
           Type: AWS::ServiceDiscovery::HttpNamespace
           Properties: {Name: shop}
         Office:
           Type: AWS::ServiceDiscovery::HttpNamespace
           Properties: {Name: office}
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
               Namespace: !GetAtt Shop.Arn
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
             TaskDefinition: !Ref WebTask
      -      ServiceConnectConfiguration: {Enabled: true, Namespace: !GetAtt Office.Arn}
      +      ServiceConnectConfiguration: {Enabled: true, Namespace: !GetAtt Shop.Arn}
      """),
    cdk: """
      ```ts
      web.enableServiceConnect({ namespace: 'shop' });
      ```
      """,
    urgency: """
      Yes, and every deployment after it. It is an *error* where both services stand in one template; a *warning* where
      the server stands in another stack that is deployed together with the client's, since a service that is not seen
      may publish the same name in the client's namespace.
      """,
    cost: """
      A service has one namespace. One that moves gets a new deployment and sees the names of the new namespace instead of
      those of the old one; what it publishes moves with it, away from clients that stay.
      """,
    falseAlarms: """
      Nothing is said where a namespace is not surely another one: a parameter that somebody chooses, a default of a
      cluster that is not in the templates, an import from a stack that was not read, an ARN beside a name. Nor where the
      client's own namespace publishes the name, nor where DNS has it. Templates that hide a part, by a macro or by a
      nested stack that was not read, are not judged.
      """,
    sources: [
      "https://github.com/aws/copilot-cli/issues/4659",
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html",
    ])
}
