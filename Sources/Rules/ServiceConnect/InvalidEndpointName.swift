import Deployment
import Diagnostics
import Services

/// A name of an endpoint with characters that ECS refuses, or too many of them.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ecs-service-serviceconnectservice.html
struct InvalidEndpointName: Rule {
  static let description = RuleDescription(
    id: "invalid-endpoint-name", severity: .error, group: .serviceConnect,
    summary: "an endpoint's name with characters or a length that ECS refuses")

  func check(_ change: Change) -> [Diagnostic] {
    let services = change.affectedConnectServices
    guard !services.isEmpty else { return [] }
    let resolver = ResourceResolver(change.new)
    return services.flatMap { service -> [Diagnostic] in
      var circumstances = Circumstances(of: service, in: change)
      var seen: Set<String> = []
      return names(of: service, resolver).compactMap { form, value in
        guard let fault = form.fault(value.value), let found = circumstances.found(value.premises),
          seen.insert(value.value.shown).inserted
        else { return nil }
        return Diagnostic(
          rule: Self.description, severity: found.severity(.error), .refused(service, form, value.value, fault, found),
          of: service, notes: [.init(.stands(form), at: value.value.location)],
          fix: fix(form, value.value, fault, change.language(of: service.id)), identity: [value.value.shown])
      }
    }
  }

  /// The names of a service's endpoints. A port's name counts where the task definition has a port of that name.
  private func names(
    of service: Service, _ resolver: ResourceResolver
  ) -> [(form: NameForm, value: Conditional<Setting.Value>)] {
    let ports = resolver.task(of: service).map { task in
      Set(resolver.portMappings(of: task).all.flatMap { resolver.setting("Name", in: $0).values.map(\.value.shown) })
    }
    return resolver.publishedPorts(of: service).flatMap { port in
      let aliases = resolver.parts("ClientAliases", in: port).all
      return resolver.setting("PortName", in: port).values.filter { ports?.contains($0.value.shown) ?? true }
        .map { (NameForm.portName, $0) }
        + resolver.setting("DiscoveryName", in: port).values.map { (NameForm.discoveryName, $0) }
        + aliases.flatMap { resolver.setting("DnsName", in: $0).values }.map { (NameForm.dnsName, $0) }
    }
  }

  private func fix(
    _ form: NameForm, _ value: Setting.Value, _ fault: NameForm.Fault, _ language: SourceLanguage
  ) -> Fix? {
    guard let text = value.text, let name = form.repaired(text) else { return nil }
    return Fix(summary: "\(Diagnostic.Message.write(form, name, language))")
  }
}

/// What ECS takes as a name.
private enum NameForm {
  case portName, discoveryName, dnsName

  enum Fault {
    case character
    case hyphen
    case length
  }

  var property: String {
    switch self {
    case .portName: "PortName"
    case .discoveryName: "DiscoveryName"
    case .dnsName: "DnsName"
    }
  }

  /// The same in the CDK.
  var argument: String {
    switch self {
    case .portName: "portMappingName"
    case .discoveryName: "discoveryName"
    case .dnsName: "dnsName"
    }
  }

  var noun: String {
    switch self {
    case .portName: "the port name"
    case .discoveryName: "the discovery name"
    case .dnsName: "the client alias"
    }
  }

  var longest: Int { self == .dnsName ? 127 : 64 }

  private func allows(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "0"..."9", "_", "-": true
    case ".": self == .dnsName
    default: false
    }
  }

  /// What is wrong with a name in the parts that the template tells.
  func fault(_ value: Setting.Value) -> Fault? {
    let literals = value.literals
    if literals.contains(where: { !$0.unicodeScalars.allSatisfy(allows) }) { return .character }
    if value.beginsLiterally, literals.first?.hasPrefix("-") ?? false { return .hyphen }
    return literals.reduce(0) { $0 + $1.unicodeScalars.count } > longest ? .length : nil
  }

  /// The nearest name that ECS takes; `nil` where it would have to be made up.
  func repaired(_ text: String) -> String? {
    let scalars = text.lowercased().unicodeScalars.map { allows($0) ? $0 : "-" }
    let name = String(String.UnicodeScalarView(scalars.drop { $0 == "-" }))
    return name.isEmpty || name.count > longest ? nil : name
  }
}

extension Diagnostic.Message {
  fileprivate static func refused(
    _ service: Service, _ form: NameForm, _ value: Setting.Value, _ fault: NameForm.Fault, _ found: Circumstances.Case
  ) -> Self {
    let reason =
      switch fault {
      case .character: "may hold only lower-case letters, digits, _\(form == .dnsName ? ", - and ." : " and -")"
      case .hyphen: "must not begin with -"
      case .length: "may be \(form.longest) characters long at most"
      }
    return "ECS will refuse \(service.logicalID)\(found.phrase): \(form.noun) \(value.shown) \(reason)"
  }

  fileprivate static func stands(_ form: NameForm) -> Self { "\(form.noun) stands here" }

  fileprivate static func write(_ form: NameForm, _ name: String, _ language: SourceLanguage) -> Self {
    let text = language.text(
      yaml: "\(form.property): \(name)", json: "\"\(form.property)\": \"\(name)\"", app: "\(form.argument): '\(name)'")
    return form == .portName
      ? "rename the port, in the port mapping and in the service: `\(text)`"
      : "rename it, and what clients look up with it: `\(text)`"
  }
}

extension InvalidEndpointName {
  static let manual = RuleManual(
    finds: """
      A port name, discovery name or client alias of a published endpoint that ECS does not take. All of them may hold
      lower-case letters, digits, `_` and `-`, the alias dots too, and must not begin with `-`. Port names and discovery
      names may have 64 characters, aliases 127. Of a name that is put together, the literal parts are looked at.
      """,
    effect: """
      ECS refuses the service, or the task definition where it is the name of a port. The exact text of the API is not
      known to us; the limits are those of its documentation. An alias with capital letters is the usual case, since host
      names may have them elsewhere.
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
      -        Services: [{PortName: cart, ClientAliases: [{DnsName: CartApi, Port: 80}]}]
      +        Services: [{PortName: cart, ClientAliases: [{DnsName: cart-api, Port: 80}]}]
      """),
    cdk: """
      ```ts
      serviceConnectConfiguration: { services: [{ portMappingName: 'cart', dnsName: 'cart-api', port: 80 }] }
      ```
      """,
    urgency: "Yes, with the deployment that creates the service or changes its Service Connect configuration.",
    cost: """
      Another name is another endpoint: clients that run with the old one need the new one, and a deployment after the
      server's.
      """,
    falseAlarms: """
      What a parameter without a default or the name of the stack puts into a name is not judged. A port name that no
      port mapping has is told by `unknown-port-name` alone.
      """,
    sources: [
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ecs-service-serviceconnectservice.html",
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ecs-service-serviceconnectclientalias.html",
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ecs-taskdefinition-portmapping.html",
    ])
}
