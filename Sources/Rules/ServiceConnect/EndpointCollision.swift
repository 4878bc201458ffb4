import Deployment
import Diagnostics
import Services

/// Two services that publish one discovery name, or one alias and port, in a namespace: ECS takes the first alone.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ecs-service-serviceconnectclientalias.html
struct EndpointCollision: Rule {
  static let description = RuleDescription(
    id: "endpoint-collision", severity: .error, group: .serviceConnect,
    summary: "one discovery name, or one alias and port, twice in a namespace")

  func check(_ change: Change) -> [Diagnostic] {
    var search = CollisionSearch(change)
    return search.collisions().map { collision in
      let (service, other) = (collision.service, collision.other)
      return Diagnostic(
        rule: Self.description, severity: .error, .twice(collision), of: service,
        notes: [.init(.publishes(other, collision.names), at: other.location)],
        fix: Fix(summary: "\(Diagnostic.Message.another(collision, change.language(of: service.id)))"),
        identity: [other.name.path.description, other.logicalID] + collision.names)
    }
  }
}

/// Two services that publish the same names.
private struct Collision {
  /// The one that comes second.
  let service: Service
  let other: Service
  let endpoint: Endpoint
  var names: [String]
  let isDiscoveryName: Bool
}

private struct CollisionSearch {
  private let change: Change
  private var conditions: ConditionSpace
  private var published: [Name: [Published]] = [:]
  private var order: [Name] = []

  /// What must be unique.
  private struct Name: Hashable {
    let namespace: Namespace
    let name: String
    /// `nil` for a discovery name.
    let port: Int?
  }

  private struct Published {
    let service: Service
    let endpoint: Endpoint
    let formula: ConditionSpace.Formula
  }

  /// Publishers of one name that never exist together are compared with each other no further than this.
  private static let mostCompared = 16

  init(_ change: Change) {
    self.change = change
    conditions = change.new.order.conditions
    for service in change.new.services {
      guard let connect = service.connect, connect.settled != .unknown,
        !change.new.group.template(of: service.id).mayHaveMore(in: service.id.index)
      else { continue }
      for endpoint in connect.endpoints {
        let premises = conditions.formula(connect.premises + endpoint.premises)
        let formula = conditions.all(conditions.existence(of: service.id), premises)
        let one = Published(service: service, endpoint: endpoint, formula: formula)
        if let name = endpoint.registeredName { add(one, Name(namespace: connect.settled, name: name, port: nil)) }
        if let port = endpoint.port { add(one, Name(namespace: connect.settled, name: endpoint.host, port: port)) }
      }
    }
  }

  private mutating func add(_ one: Published, _ name: Name) {
    if published[name] == nil { order.append(name) }
    published[name, default: []].append(one)
  }

  /// One collision for each pair of services, with all the names that it is about.
  mutating func collisions() -> [Collision] {
    var found: [Collision] = []
    var positions: [[ResourceID]: Int] = [:]
    for name in order {
      let all = published[name] ?? []
      for (index, one) in all.enumerated().dropFirst() {
        guard let other = all[..<index].prefix(Self.mostCompared).first(where: { isTogether($0, one) }) else {
          continue
        }
        let ends = [other.service, one.service]
        guard ends.contains(where: { change.affected.contains($0.name) }) else { continue }
        let shown = name.port == nil ? one.endpoint.discoveryName ?? "" : one.endpoint.display
        if let position = positions[ends.map(\.id)] {
          if !found[position].names.contains(shown) { found[position].names.append(shown) }
          continue
        }
        positions[ends.map(\.id)] = found.count
        let isSecond = isSecond(one.service, other.service)
        found.append(
          Collision(
            service: isSecond ? one.service : other.service, other: isSecond ? other.service : one.service,
            endpoint: isSecond ? one.endpoint : other.endpoint, names: [shown], isDiscoveryName: name.port == nil))
      }
    }
    return found
  }

  private mutating func isTogether(_ one: Published, _ other: Published) -> Bool {
    one.service.id != other.service.id && conditions.isPossible(conditions.all(one.formula, other.formula))
  }

  /// Whether a service comes second: the new one, else that whose name is the later one.
  private func isSecond(_ service: Service, _ other: Service) -> Bool {
    if isNew(service) != isNew(other) { return isNew(service) }
    return (other.name.path, other.logicalID) < (service.name.path, service.logicalID)
  }

  private func isNew(_ service: Service) -> Bool { change.old.map { $0[service.name] == nil } ?? false }
}

extension Diagnostic.Message {
  fileprivate static func twice(_ collision: Collision) -> Self {
    let namespace = collision.service.connect?.namespaceName ?? ""
    let place = namespace.isEmpty ? "their namespace" : "the namespace \(namespace)"
    let reason =
      collision.isDiscoveryName
      ? "the deployment fails with \"SC service is already used by arn:aws:servicediscovery:…\""
      : "an alias and its port must be unique there, so the deployment fails or calls reach either of the two"
    return """
      \(collision.service.logicalID) publishes \(collision.names.joined(separator: " and ")) in \(place), as \
      \(collision.other.logicalID) does: \(reason)
      """
  }

  fileprivate static func publishes(_ other: Service, _ names: [String]) -> Self {
    "\(other.logicalID) publishes \(names.joined(separator: " and ")) too"
  }

  fileprivate static func another(_ collision: Collision, _ language: SourceLanguage) -> Self {
    let port = collision.endpoint.portName ?? "<port name>"
    guard collision.isDiscoveryName else {
      return "give \(collision.service.logicalID) another DnsName or Port under ClientAliases"
    }
    let entry = language.text(
      yaml: "{PortName: \(port), DiscoveryName: <another name>, …}",
      json: #"{"PortName": "\#(port)", "DiscoveryName": "<another name>", …}"#,
      app: "{ portMappingName: '\(port)', discoveryName: '<another name>', … }")
    return """
      give \(collision.service.logicalID) a DiscoveryName of its own, for which the name of the port stands where there \
      is none: `\(entry)`
      """
  }
}

extension EndpointCollision {
  static let manual = RuleManual(
    finds: """
      Two services of one namespace that publish the same discovery name, which is the `DiscoveryName`, else the
      `PortName`; or the same alias with the same port. A port that is called `http` in two task definitions is enough.
      """,
    effect: """
      The second service is not created: `SC service is already used by arn:aws:servicediscovery:…:namespace/ns-…`, and
      the stack rolls back. Of equal aliases with different discovery names no report is known; the documentation says
      that an alias and its port are unique in the namespace.
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
                 PortMappings: [{Name: http, ContainerPort: 8080}]
         Api:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref ApiTask
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: !GetAtt Namespace.Arn
               Services: [{PortName: http, ClientAliases: [{DnsName: api, Port: 80}]}]
         RatesTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - Name: rates
                 Image: example/rates:1
                 PortMappings: [{Name: http, ContainerPort: 8080}]
         Rates:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref RatesTask
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: !GetAtt Namespace.Arn
      -        Services: [{PortName: http, ClientAliases: [{DnsName: rates, Port: 80}]}]
      +        Services: [{PortName: http, DiscoveryName: rates, ClientAliases: [{DnsName: rates, Port: 80}]}]
      """),
    cdk: """
      ```ts
      rates.enableServiceConnect({
        services: [{ portMappingName: 'http', discoveryName: 'rates', dnsName: 'rates', port: 80 }],
      });
      ```
      """,
    urgency: """
      Yes, when the second service is created. Two services that run already cannot have such names; a change that gives
      one of them the name of the other fails in the update.
      """,
    cost: """
      Another discovery name changes nothing for clients where the alias has a `DnsName`. Where it has none the alias
      changes with it, which clients learn only in deployments of their own.
      """,
    falseAlarms: """
      Services that never exist together, since their conditions exclude each other, do not collide. Nor do services whose
      namespaces are not surely one: names and parameters are compared as written, and stacks of different accounts or
      regions are kept apart. The same template deployed twice with one literal namespace does collide, if both go to one
      account and region.
      """,
    sources: [
      "https://github.com/aws/copilot-cli/issues/4313", "https://github.com/aws/copilot-cli/issues/4337",
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ecs-service-serviceconnectclientalias.html",
    ])
}
