import Deployment
import Diagnostics
import Services

/// Service Connect on a platform that AWS's text of 2023 leaves out. The current text has not been compared, hence a
/// warning.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html
struct UnsupportedPlatform: Rule {
  static let description = RuleDescription(
    id: "unsupported-platform", severity: .warning, group: .serviceConnect,
    summary: "Service Connect on Windows, the launch type EXTERNAL or an old Fargate platform")

  func check(_ change: Change) -> [Diagnostic] {
    let services = change.affectedConnectServices
    guard !services.isEmpty else { return [] }
    let resolver = ResourceResolver(change.new)
    return services.compactMap { service in
      let task = resolver.task(of: service).flatMap { resolver.properties(of: $0.id) }
      let properties = resolver.properties(of: service.id)
      let signs = [
        (Platform.windows, resolver.setting("RuntimePlatform", "OperatingSystemFamily", in: task)),
        (Platform.external, resolver.setting("LaunchType", in: properties)),
        (Platform.oldFargate, resolver.setting("PlatformVersion", in: properties)),
      ]
      var circumstances = Circumstances(ofConnect: service, resolver, in: change)
      for (platform, setting) in signs {
        for value in setting.values {
          guard let text = value.value.text, platform.isMeant(by: text),
            let found = circumstances.found(value.premises)
          else { continue }
          return Diagnostic(
            rule: Self.description, severity: .warning, .unsupported(service, platform, text, found), of: service,
            notes: [.init(.stands(platform), at: value.value.location)],
            fix: Fix(summary: "\(Diagnostic.Message.instead(of: platform, change.language(of: service.id)))"),
            identity: [platform.rawValue])
        }
      }
      return nil
    }
  }
}

private enum Platform: String {
  case windows, external, oldFargate

  func isMeant(by text: String) -> Bool {
    switch self {
    case .windows: text.hasPrefix("WINDOWS")
    case .external: text == "EXTERNAL"
    case .oldFargate:
      // 1.4.0 is the first that has it.
      text.wholeMatch(of: #/1\.[0-3](\.[0-9]+)?/#) != nil
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func unsupported(
    _ service: Service, _ platform: Platform, _ text: String, _ found: Circumstances.Case
  ) -> Self {
    let what =
      switch platform {
      case .windows: "Windows containers (\(text))"
      case .external: "tasks of ECS Anywhere (launch type EXTERNAL)"
      case .oldFargate: "Fargate before platform version 1.4.0 (\(text))"
      }
    return """
      \(service.logicalID) is in Service Connect\(found.phrase), which does not support \(what), by what AWS wrote in 2023
      """
  }

  fileprivate static func stands(_ platform: Platform) -> Self {
    switch platform {
    case .windows: "the operating system stands here"
    case .external: "the launch type stands here"
    case .oldFargate: "the platform version stands here"
    }
  }

  fileprivate static func instead(of platform: Platform, _ language: SourceLanguage) -> Self {
    switch platform {
    case .windows, .external:
      return "let it be found by a load balancer or Cloud Map, and take it out of Service Connect"
    case .oldFargate:
      let text = language.text(
        yaml: "PlatformVersion: LATEST", json: "\"PlatformVersion\": \"LATEST\"",
        app: "platformVersion: ecs.FargatePlatformVersion.LATEST")
      return "use a newer platform: `\(text)`"
    }
  }
}

extension UnsupportedPlatform {
  static let manual = RuleManual(
    finds: """
      A service with Service Connect whose task definition is for Windows (`RuntimePlatform.OperatingSystemFamily`), whose
      launch type is `EXTERNAL`, or whose `PlatformVersion` on Fargate is older than 1.4.0.
      """,
    effect: """
      The developer guide of 2023 names these as not supported: the proxy of Service Connect does not run there. The
      error text is not known to us, and whether today's guide still says so has not been compared: hence a *warning*.
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
             LaunchType: FARGATE
      -      PlatformVersion: 1.3.0
      +      PlatformVersion: 1.4.0
             TaskDefinition: !Ref CartTask
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: !GetAtt Namespace.Arn
               Services: [{PortName: cart, ClientAliases: [{DnsName: cart, Port: 80}]}]
      """),
    cdk: """
      ```ts
      platformVersion: ecs.FargatePlatformVersion.LATEST,
      ```
      """,
    urgency: "Probably, for a service that is new or gets Service Connect with the change.",
    cost: """
      A newer Fargate platform is a new deployment. Windows and ECS Anywhere need another way to be found: a load balancer,
      or Cloud Map with its DNS names.
      """,
    falseAlarms: """
      `LATEST` and a version that is left out are new enough. Values from parameters without a default are not judged. If
      it runs for you, AWS has learned it since: switch the rule off.
      """,
    sources: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html"])
}
