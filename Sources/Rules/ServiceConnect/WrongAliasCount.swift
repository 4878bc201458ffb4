import Deployment
import Diagnostics
import Services

/// An endpoint without a client alias, or with more than one: ECS wants exactly one.
///
/// https://github.com/hashicorp/terraform-provider-aws/issues/44027
struct WrongAliasCount: Rule {
  static let description = RuleDescription(
    id: "wrong-alias-count", severity: .error, group: .serviceConnect,
    summary: "an endpoint with no client alias, or more than one")

  func check(_ change: Change) -> [Diagnostic] {
    let services = change.affectedConnectServices
    guard !services.isEmpty else { return [] }
    let resolver = ResourceResolver(change.new)
    return services.flatMap { service -> [Diagnostic] in
      guard !resolver.mayHaveMore(service.id) else { return [] }
      var circumstances = Circumstances(of: service, in: change)
      return resolver.publishedPorts(of: service).compactMap { port in
        let aliases = resolver.parts("ClientAliases", in: port)
        guard aliases.isComplete else { return nil }
        let endpoint = PublishedEndpoint(port, of: service, resolver)
        if let found = circumstances.found(port.premises, without: aliases.all.map(\.premises)) {
          return diagnostic(service, .none(service, endpoint, found), endpoint, found, [], change)
        }
        for (index, one) in aliases.all.prefix(mostCompared).enumerated() {
          for other in aliases.all.prefix(mostCompared)[(index + 1)...] {
            guard let found = circumstances.found(one.premises + other.premises) else { continue }
            return diagnostic(service, .several(service, endpoint, found), endpoint, found, [one, other], change)
          }
        }
        return nil
      }
    }
  }

  private func diagnostic(
    _ service: Service, _ message: Diagnostic.Message, _ endpoint: PublishedEndpoint, _ found: Circumstances.Case,
    _ aliases: [Part], _ change: Change
  ) -> Diagnostic {
    Diagnostic(
      rule: Self.description, severity: found.severity(.error), message, of: service,
      notes: aliases.isEmpty
        ? [.init(.published(endpoint), at: endpoint.part.location)]
        : aliases.map { .init(.alias(endpoint), at: $0.location) },
      fix: aliases.isEmpty
        ? Fix(summary: "\(Diagnostic.Message.add(endpoint, change.language(of: service.id)))")
        : Fix(summary: "\(Diagnostic.Message.split)"),
      identity: [endpoint.name])
  }
}

/// Aliases that are compared with each other; so many in `Fn::If` no template has.
private let mostCompared = 8

/// What a service publishes, by the names that the template gives it.
private struct PublishedEndpoint {
  let part: Part
  let name: String
  /// The port of its task.
  let containerPort: String?

  init(_ part: Part, of service: Service, _ resolver: ResourceResolver) {
    self.part = part
    let portName = resolver.setting("PortName", in: part).values.first?.value
    name = portName?.shown ?? "a port without a name"
    let mapping = resolver.task(of: service).flatMap { task in
      resolver.portMappings(of: task).all.first { mapping in
        portName?.text != nil && resolver.setting("Name", in: mapping).text == portName?.text
      }
    }
    containerPort = resolver.setting("ContainerPort", in: mapping).text
  }
}

extension Diagnostic.Message {
  fileprivate static func none(_ service: Service, _ endpoint: PublishedEndpoint, _ found: Circumstances.Case) -> Self {
    """
    ECS will refuse \(service.logicalID)\(found.phrase): it publishes \(endpoint.name) without a client alias: \
    InvalidParameterException: clientAliases must have 1 element
    """
  }

  fileprivate static func several(
    _ service: Service, _ endpoint: PublishedEndpoint, _ found: Circumstances.Case
  ) -> Self {
    """
    ECS will refuse \(service.logicalID)\(found.phrase): it publishes \(endpoint.name) with more than one client alias: \
    InvalidParameterException: clientAliases must have 1 element
    """
  }

  fileprivate static func published(_ endpoint: PublishedEndpoint) -> Self { "\(endpoint.name) is published here" }

  fileprivate static func alias(_ endpoint: PublishedEndpoint) -> Self { "a client alias of \(endpoint.name)" }

  fileprivate static func add(_ endpoint: PublishedEndpoint, _ language: SourceLanguage) -> Self {
    // Any text will do where the template tells none: these are for people to change.
    let port = endpoint.containerPort ?? "80"
    let text = language.text(
      yaml: "ClientAliases: [{DnsName: \(endpoint.name), Port: \(port)}]",
      json: "\"ClientAliases\": [{\"DnsName\": \"\(endpoint.name)\", \"Port\": \(port)}]",
      app: "clientAliases: [{ dnsName: '\(endpoint.name)', port: \(port) }]")
    return "add the one name and port that clients use: `\(text)`"
  }

  fileprivate static var split: Self {
    "keep the one client alias that clients use, and let those of another name use this one"
  }
}

extension WrongAliasCount {
  static let manual = RuleManual(
    finds: """
      An entry of `ServiceConnectConfiguration.Services` whose `ClientAliases` is left out, empty, or has more than one
      element in some deployment.
      """,
    effect: """
      ECS refuses to create or update the service: `InvalidParameterException: clientAliases must have 1 element`. Older
      pages of AWS show an entry without `ClientAliases`, and it worked once; since 2025 people report the error.
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
                 PortMappings: [{Name: cart, ContainerPort: 8080}]
         Cart:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref CartTask
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: !GetAtt Namespace.Arn
      -        Services: [{PortName: cart}]
      +        Services: [{PortName: cart, ClientAliases: [{DnsName: cart, Port: 8080}]}]
      """),
    urgency: """
      Yes, with the next deployment that creates the service or changes its Service Connect configuration. Where only a
      value that is not the default leads to it, it is a *warning*.
      """,
    cost: "Nothing, as long as the alias is the name and port that clients use already.",
    falseAlarms: """
      A list that only a deployment tells, and a service that a macro or an include may add to, are not judged. An alias in
      `Fn::If` counts where its condition holds. `DnsName` may be left out: then the name is that of the discovery
      name and the namespace.
      """,
    sources: [
      "https://github.com/hashicorp/terraform-provider-aws/issues/44027",
      "https://github.com/hashicorp/terraform-provider-aws/pull/44064",
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ecs-service-serviceconnectclientalias.html",
    ])
}
