import Deployment
import Diagnostics
import Services

/// A service that is found in two ways, by Service Connect and by its own registries: off, since it is a way to move
/// from one to the other.
///
/// https://github.com/aws/aws-cdk/issues/26524
struct MixedDiscovery: Rule {
  static let description = RuleDescription(
    id: "mixed-discovery", severity: nil, group: .serviceConnect,
    summary: "Service Connect and ServiceRegistries on one service")

  func check(_ change: Change) -> [Diagnostic] {
    let services = change.affectedConnectServices
    guard !services.isEmpty else { return [] }
    let resolver = ResourceResolver(change.new)
    return services.compactMap { service in
      let registries = resolver.parts("ServiceRegistries", in: resolver.properties(of: service.id)).all
      var circumstances = Circumstances(ofConnect: service, resolver, in: change)
      for registry in registries {
        guard let found = circumstances.found(registry.premises) else { continue }
        return Diagnostic(
          rule: Self.description, severity: .notice, .both(service, found), of: service,
          notes: [.init(.registers, at: registry.location)],
          fix: Fix(summary: "\(Diagnostic.Message.one(change.language(of: service.id)))"))
      }
      return nil
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func both(_ service: Service, _ found: Circumstances.Case) -> Self {
    """
    \(service.logicalID) is in Service Connect and registers with Cloud Map too\(found.phrase): a client that is not in \
    Service Connect finds it by DNS all the same, so that nobody sees what is missing
    """
  }

  fileprivate static var registers: Self { "it registers with Cloud Map here" }

  fileprivate static func one(_ language: SourceLanguage) -> Self {
    let property = language == .app ? "cloudMapOptions" : "ServiceRegistries"
    return "when all clients are in Service Connect, take `\(property)` away"
  }
}

extension MixedDiscovery {
  static let manual = RuleManual(
    finds: "A service with both Service Connect switched on and `ServiceRegistries`.",
    effect: """
      The service has two kinds of names: those of Service Connect, which go through the proxy and are fixed when a client
      is deployed, and a DNS name of Cloud Map, which is neither. A client that forgot Service Connect works by the DNS
      name until someone removes it. There is a report that the CDK or ECS no longer accepts both on one service; templates
      of AWS Copilot have both, so that it must hold for some services only.
      """,
    example: .template(
      """
       Resources:
         Namespace:
           Type: AWS::ServiceDiscovery::PrivateDnsNamespace
           Properties: {Name: shop.internal, Vpc: vpc-0a1b2c3d}
         CartName:
           Type: AWS::ServiceDiscovery::Service
           Properties:
             NamespaceId: !Ref Namespace
             Name: cart-dns
             DnsConfig: {DnsRecords: [{Type: A, TTL: 10}]}
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
      -      ServiceRegistries: [{RegistryArn: !GetAtt CartName.Arn}]
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: !GetAtt Namespace.Arn
               Services: [{PortName: cart, ClientAliases: [{DnsName: cart, Port: 80}]}]
      """),
    cdk: "Leave `cloudMapOptions` of the service out, and do not call `enableCloudMap` on it.",
    urgency: """
      No. The rule is off, since both together are how one moves from Cloud Map to Service Connect; switch it on when you
      want to know what is left over.
      """,
    cost: "Whoever uses the DNS name loses it. Move those clients first.",
    falseAlarms: """
      Programs outside of ECS, a Lambda function for example, cannot use Service Connect: for them the DNS name stays
      right.
      """,
    sources: ["https://github.com/aws/aws-cdk/issues/26524", "https://github.com/aws/containers-roadmap/issues/2344"])
}
