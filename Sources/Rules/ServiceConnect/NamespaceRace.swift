import Deployment
import Diagnostics
import Services

/// Services and clusters that name a namespace by its name, which the same deployment creates, and that do not wait for
/// it: a name orders nothing. One finding for a namespace.
///
/// https://github.com/aws/aws-cdk/issues/25616
struct NamespaceRace: Rule {
  static let description = RuleDescription(
    id: "namespace-race", severity: .error, group: .serviceConnect,
    summary: "a namespace by name that the same deployment creates, with nothing that waits for it")

  func check(_ change: Change) -> [Diagnostic] {
    let all = NamespaceNaming.all(in: change.new)
    guard !all.isEmpty else { return [] }
    var waits = Waits(change.new.order)
    let members = Members(change)
    let racing = all.filter { naming in
      guard members.concern(naming.holder) else { return false }
      let premise = waits.conditions.formula(naming.premises)
      return waits.relation(of: naming.holder, to: naming.namespace, when: premise)?.relation == Waits.Relation.none
    }
    return Dictionary(grouping: racing, by: \.namespace).sorted { $0.key < $1.key }
      .map { diagnostic($0.key, $0.value, change) }
  }

  private func diagnostic(
    _ namespace: ResourceID, _ namings: [NamespaceNaming], _ change: Change
  ) -> Diagnostic {
    let holder = Holder(namings[0].holder, in: change)
    let target = Holder(namespace, in: change)
    // Two stacks may be deployed apart from each other, the one long before the other.
    let isTogether = namings.contains { change.new.group.lifted($0.holder, namespace) != nil }
    let isNew = change.former.former(namespace) == nil && namings.contains { change.former.former($0.holder) == nil }
    let notes = namings.map { naming in
      Diagnostic.Note(.names(change.new.group[naming.holder].logicalID, naming.name), at: naming.location)
    }
    return Diagnostic(
      rule: Self.description.id, severity: isNew && isTogether ? .error : .warning,
      .mayComeFirst(namings, target, change), at: holder.location, service: holder.service,
      construct: holder.construct,
      notes: notes + [.init(.creates(target, namings[0].name), at: target.location)],
      fix: Fix(summary: "\(Diagnostic.Message.refer(namings, target, change, isTogether: isTogether))"),
      identity: target.identity)
  }
}

/// The resources whose names of namespaces count: affected services, and the clusters in which such services are.
private struct Members {
  private let services: Set<ResourceID>
  private let clusters: Set<ResourceID>

  init(_ change: Change) {
    let affected = change.affectedConnectServices
    services = Set(affected.map(\.id))
    let group = change.new.group
    clusters = Set(
      affected.flatMap { service in
        group.stacks[service.id.stack].graph.dependencies(of: service.id.index)
          .map { ResourceID(stack: service.id.stack, index: $0.to) }.filter { group[$0].type == "AWS::ECS::Cluster" }
      })
  }

  func concern(_ id: ResourceID) -> Bool { services.contains(id) || clusters.contains(id) }
}

extension Diagnostic.Message {
  fileprivate static func mayComeFirst(_ namings: [NamespaceNaming], _ namespace: Holder, _ change: Change) -> Self {
    let holders = namings.map { change.new.group[$0.holder].logicalID }
    let others = holders.count > 1 ? " and \(holders.count - 1) more" : ""
    let name = namings[0].name
    let isCluster = namings.contains { change.new.group[$0.holder].type == "AWS::ECS::Cluster" }
    let effect =
      isCluster
      ? "ECS then creates a namespace \(name) itself, and the deployment fails (Another operation of type "
        + "CreateHttpNamespace is in progress) or ends with two namespaces of one name"
      : "the deployment may then fail, and deleting the stack end with \"Namespace has associated services\""
    return """
      \(holders[0])\(others) may be created before the namespace \(namespace.resource.logicalID), which it calls \
      \(name) instead of referring to it: \(effect)
      """
  }

  fileprivate static func names(_ holder: String, _ name: String) -> Self { "\(holder) names \(name) by its name here" }

  fileprivate static func creates(_ namespace: Holder, _ name: String) -> Self {
    "\(namespace.resource.logicalID) creates \(name) here"
  }

  fileprivate static func refer(
    _ namings: [NamespaceNaming], _ namespace: Holder, _ change: Change, isTogether: Bool
  ) -> Self {
    let id = namespace.resource.logicalID
    guard namings.allSatisfy({ $0.holder.stack == namings[0].namespace.stack }) else {
      if !isTogether, change.language(of: namings[0].holder) == .app {
        return "let the stack depend on that of \(id) in the app: `stack.addDependency(namespaceStack)`"
      }
      return isTogether
        ? "hand the ARN of \(id) over as an output and a parameter: `Namespace: !Ref NamespaceArn`"
        : "deploy the stack of \(id) first, and import its ARN: `Namespace: !ImportValue <export of \(id).Arn>`"
    }
    let reference = change.language(of: namings[0].holder).text(
      yaml: "Namespace: !GetAtt \(id).Arn", json: #""Namespace": {"Fn::GetAtt": ["\#(id)", "Arn"]}"#,
      app: "cluster.addDefaultCloudMapNamespace({ name: '\(namings[0].name)', useForServiceConnect: true })")
    return "refer to the namespace instead of its name: `\(reference)`"
  }
}

extension NamespaceRace {
  static let manual = RuleManual(
    finds: """
      A service or a cluster that names its namespace by name (`Namespace: shop.local`) while the templates create a
      namespace of that name, and nothing makes it wait for that: no `DependsOn` and no reference, by whatever way. One
      finding tells all that race for one namespace.
      """,
    effect: """
      A name is no reference, so CloudFormation may create the service or the cluster first. For the default of a cluster,
      ECS then creates an HTTP namespace of that name itself: the deployment fails with `Another operation of type
      CreateHttpNamespace and id … is in progress`, or two namespaces have one name and clients look into the one in which
      nothing is published. For a service that comes first, what ECS answers is not documented: creation fails, or works by
      luck. When the stack is deleted the namespace may go first: `ResourceInUse: Namespace has associated services;
      delete the services before deleting the namespace`.
      """,
    example: .template(
      """
       Resources:
         Namespace:
           Type: AWS::ServiceDiscovery::PrivateDnsNamespace
           Properties: {Name: shop.local, Vpc: vpc-0a1b2c3d}
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
      -        Namespace: shop.local
      +        Namespace: !GetAtt Namespace.Arn
               Services: [{PortName: api, ClientAliases: [{DnsName: api, Port: 8080}]}]
      """),
    cdk: """
      ```ts
      cluster.addDefaultCloudMapNamespace({ name: 'shop.local', useForServiceConnect: true });
      ```

      makes the cluster refer to the namespace, and services refer to the cluster. Without `useForServiceConnect` a
      service has the name alone: `service.node.addDependency(cluster.defaultCloudMapNamespace)` orders the two.
      """,
    urgency: """
      Where the namespace and a service or cluster that names it are both new in the change, yes, if the namespace is
      the slower one: an *error*. Else a *warning*: the namespace is there already, and only a first deployment elsewhere
      or the deletion of the stack runs into it. It is a *warning* too where the two stand in stacks of an app that may be
      deployed apart from each other.
      """,
    cost: "The service waits for the namespace, which takes some seconds.",
    falseAlarms: """
      A path through other resources is enough: a service that refers to a cluster whose default is `!GetAtt Namespace.Arn`
      waits for the namespace, although it names it by name, as the CDK writes it. A name that no resource of the
      templates has, or that several have, is somebody else's. Parts that a macro may change are not judged.
      """,
    sources: [
      "https://github.com/aws/aws-cdk/issues/25616", "https://github.com/aws/aws-cdk/issues/25554",
      "https://github.com/aws/aws-cdk/pull/25891",
      "https://github.com/terraform-aws-modules/terraform-aws-ecs/issues/343",
      "https://github.com/anomalyco/sst/issues/5678", "https://github.com/anomalyco/sst/issues/5780",
    ])
}
