import Deployment
import Diagnostics
import Services

/// A namespace named by `Ref`, which gives its id, where Service Connect wants a name or an ARN. What ECS does with an id
/// is not documented.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-shared-namespaces.html
struct NamespaceById: Rule {
  static let description = RuleDescription(
    id: "namespace-by-id", severity: .warning, group: .serviceConnect,
    summary: "Ref of a namespace gives its id where a name or ARN is wanted")

  func check(_ change: Change) -> [Diagnostic] {
    let services = change.affectedConnectServices
    guard !services.isEmpty else { return [] }
    let resolver = ResourceResolver(change.new)
    var clusters: Set<ResourceID> = []
    return services.compactMap { service in
      var circumstances = Circumstances(of: service, in: change)
      for id in resolver.namespaceIDs(of: service) {
        guard let found = circumstances.found(id.premises) else { continue }
        return diagnostic(service, id, found, change)
      }
      guard service.connect?.isInherited ?? false, let cluster = resolver.cluster(of: service) else { return nil }
      for id in resolver.namespaceIDs(ofCluster: cluster) {
        // All services of the cluster have it from there.
        guard let found = circumstances.found(id.premises), clusters.insert(cluster).inserted else { continue }
        return diagnostic(cluster, id, found, change)
      }
      return nil
    }
  }

  private func diagnostic(
    _ service: Service, _ id: NamespaceID, _ found: Circumstances.Case, _ change: Change
  ) -> Diagnostic {
    let namespace = change.new.group[id.namespace].logicalID
    return Diagnostic(
      rule: Self.description, severity: .warning, .namesByID(service.logicalID, "its namespace", namespace, found),
      of: service, notes: [.init(.stands(namespace), at: id.location)],
      fix: fix(id, change, isHere: id.namespace.stack == service.id.stack), identity: [namespace])
  }

  private func diagnostic(
    _ cluster: ResourceID, _ id: NamespaceID, _ found: Circumstances.Case, _ change: Change
  ) -> Diagnostic {
    let namespace = change.new.group[id.namespace].logicalID
    let holder = Holder(cluster, in: change)
    return Diagnostic(
      rule: Self.description.id, severity: .warning,
      .namesByID(holder.resource.logicalID, "the default namespace of its services", namespace, found),
      at: holder.location, construct: holder.construct, notes: [.init(.stands(namespace), at: id.location)],
      fix: fix(id, change, isHere: id.namespace.stack == cluster.stack), identity: holder.identity + [namespace])
  }

  private func fix(_ id: NamespaceID, _ change: Change, isHere: Bool) -> Fix {
    let namespace = change.new.group[id.namespace].logicalID
    let language = change.language(of: id.namespace)
    return Fix(summary: "\(isHere ? Diagnostic.Message.arn(namespace, language) : .handOver(namespace, language))")
  }
}

extension Diagnostic.Message {
  fileprivate static func namesByID(
    _ holder: String, _ what: String, _ namespace: String, _ found: Circumstances.Case
  ) -> Self {
    """
    \(holder) names \(what) by id\(found.phrase): \(namespace) stands for ns-…, and Service Connect wants a name or an \
    ARN; ECS may refuse it, or take it for the name of another namespace
    """
  }

  fileprivate static func stands(_ namespace: String) -> Self { "the id of \(namespace) is given here" }

  fileprivate static func arn(_ namespace: String, _ language: SourceLanguage) -> Self {
    let text = language.text(
      yaml: "Namespace: !GetAtt \(namespace).Arn",
      json: "\"Namespace\": {\"Fn::GetAtt\": [\"\(namespace)\", \"Arn\"]}",
      app: "namespace: namespace.namespaceArn")
    return "give the ARN: `\(text)`\(language == .app ? ", with your variable for the namespace" : "")"
  }

  fileprivate static func handOver(_ namespace: String, _ language: SourceLanguage) -> Self {
    let text = language.text(
      yaml: "!GetAtt \(namespace).Arn", json: "{\"Fn::GetAtt\": [\"\(namespace)\", \"Arn\"]}",
      app: "namespace.namespaceArn")
    return "hand over the ARN of \(namespace) instead of its id: `\(text)`"
  }
}

extension NamespaceById {
  static let manual = RuleManual(
    finds: """
      A `Ref` of an `AWS::ServiceDiscovery` namespace, or its attribute `Id`, in `ServiceConnectConfiguration.Namespace` of
      a service or `ServiceConnectDefaults.Namespace` of its cluster. Parameters of nested stacks and exports are followed
      to the namespace that they stand for.
      """,
    effect: """
      `Ref` returns the id, `ns-…`. Service Connect wants a name or an ARN there. What ECS does with an id is not
      documented. It may refuse the service; and since ECS makes an HTTP namespace for a name that it does not know, the
      service may as well land in an empty namespace that is called `ns-…`, where its clients do not find it
      (`getaddrinfo ENOTFOUND`).
      """,
    example: .template(
      """
       Resources:
         Namespace:
           Type: AWS::ServiceDiscovery::HttpNamespace
           Properties: {Name: shop}
         CartTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - Name: cart
                 Image: shop/cart:3
                 PortMappings: [{Name: cart, ContainerPort: 8080, AppProtocol: http}]
         Cart:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref CartTask
             ServiceConnectConfiguration:
               Enabled: true
      -        Namespace: !Ref Namespace
      +        Namespace: !GetAtt Namespace.Arn
               Services: [{PortName: cart, ClientAliases: [{DnsName: cart, Port: 80}]}]
      """),
    cdk: """
      ```ts
      serviceConnectConfiguration: {
        namespace: namespace.namespaceArn, // and not namespace.namespaceId
      }
      ```
      """,
    urgency: """
      Perhaps: it is a *warning*, because nobody has told what ECS makes of an id. If your services run with it, leave
      them alone until you have to redeploy them anyway: another namespace means that names resolve anew.
      """,
    cost: "Nothing. `GetAtt` orders the namespace before the service just as `Ref` does.",
    falseAlarms: """
      A parameter without a default and an import from a stack that was not read are not judged, since they may hold
      anything. Nor is a literal text that looks like an id, for a namespace may be called so.
      """,
    sources: [
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-shared-namespaces.html",
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html",
    ])
}
