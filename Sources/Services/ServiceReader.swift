import Deployment
import Diagnostics
import Templates

/// Reads the ECS services of a template group.
struct ServiceReader {
  private let evaluator: Evaluator
  private let namespaces: NamespaceTable
  /// The same without defaults of parameters.
  private let settled: NamespaceTable
  /// Task definitions, each read once.
  let tasks: [ResourceID: TaskDefinition]
  private let families: [String: [ResourceID]]

  init(_ evaluator: Evaluator) {
    self.evaluator = evaluator
    namespaces = NamespaceTable(evaluator)
    settled = NamespaceTable(evaluator.withoutDefaults)
    let group = evaluator.group
    let ids = group.resourceIDs(ofTypes: ["AWS::ECS::TaskDefinition"])
    let definitions = ids.map { TaskDefinition($0, evaluator) }
    tasks = Dictionary(uniqueKeysWithValues: definitions.map { ($0.id, $0) })
    families = Dictionary(grouping: definitions.filter { $0.family != nil }) { $0.family ?? "" }
      .mapValues { $0.map(\.id) }
  }

  func services() -> [Service] {
    evaluator.group.resourceIDs(ofTypes: ["AWS::ECS::Service"]).map(service)
  }

  private func service(_ id: ResourceID) -> Service {
    let group = evaluator.group
    let resource = group[id]
    let task = taskDefinition(of: resource, id.stack)
    return Service(
      id: id, name: Report.Resource(path: group.template(of: id).path, logicalID: resource.logicalID),
      spot: group.spot(of: id), constructPath: group.stacks[id.stack].constructPath(of: resource),
      taskDefinition: task, cluster: cluster(of: resource, id.stack),
      connect: serviceConnect(of: resource, id, task))
  }

  private func cluster(of resource: Resource, _ stack: Int) -> String? {
    guard let node = resource.properties?["Cluster"] else { return "default" }
    guard let text = evaluator.text(of: node, in: stack) else { return nil }
    guard case .resource(let id, _) = evaluator.holes.soleHole(in: text) else { return text }
    // `Ref` and `Fn::GetAtt Arn` mean the same.
    return String(Character(evaluator.holes.scalar(for: .resource(id, attribute: nil))))
  }

  private func taskDefinition(of resource: Resource, _ stack: Int) -> TaskDefinition? {
    guard let node = resource.properties?["TaskDefinition"], let text = evaluator.text(of: node, in: stack) else {
      return nil
    }
    if case .resource(let id, _) = evaluator.holes.soleHole(in: text) { return tasks[id] }
    // The family, with or without a revision, alone or at the end of an ARN.
    let name = text.split(separator: "/").last?.prefix { $0 != ":" } ?? ""
    let named = (families[String(name)] ?? []).filter { $0.stack == stack }
    return named.count == 1 ? tasks[named[0]] : nil
  }

  /// The configuration, whole or in part in `Fn::If`: what holds under one condition is taken to hold.
  private func serviceConnect(of resource: Resource, _ id: ResourceID, _ task: TaskDefinition?) -> ServiceConnect? {
    guard let properties = resource.properties, let node = properties["ServiceConnectConfiguration"] else { return nil }
    let enabled = evaluator.branches(of: node, in: id.stack).flatMap { branch -> [Conditional<Node>] in
      guard branch.value.kind == .mapping else { return [] }
      guard let value = branch.value["Enabled"] else { return [branch] }
      let on = evaluator.values(of: value, in: id.stack).filter { $0.value.lowercased() != "false" }
      return on.map { branch.adding($0.premises) }
    }
    guard let first = enabled.first else { return nil }
    let configuration = first.value
    let namespace = namespaces.namespace(configuration["Namespace"], cluster: properties["Cluster"], in: id.stack)
    let entries = configuration["Services"].map { evaluator.elements(of: $0, in: id.stack) } ?? []
    return ServiceConnect(
      namespace: namespace,
      settled: settled.namespace(configuration["Namespace"], cluster: properties["Cluster"], in: id.stack),
      isInherited: configuration["Namespace"] == nil, namespaceName: name(of: namespace),
      endpoints: entries.flatMap { endpoints(of: $0, in: namespace, server: id, task) },
      premises: first.premises)
  }

  private func name(of namespace: Namespace) -> String {
    switch namespace {
    case .resource(let id): namespaces.name(of: namespace).map(evaluator.display) ?? evaluator.group[id].logicalID
    case .text(let text), .defaultOfCluster(let text): evaluator.display(text)
    case .unknown: ""
    }
  }

  private func endpoints(
    of service: Conditional<Node>, in namespace: Namespace, server: ResourceID, _ task: TaskDefinition?
  ) -> [Endpoint] {
    func text(_ node: Node?) -> String? { node.flatMap { evaluator.text(of: $0, in: server.stack) } }

    let entry = service.value
    let alias = entry["ClientAliases"].map { evaluator.elements(of: $0, in: server.stack) }?.first?.value
    let portName = text(entry["PortName"])
    let discoveryName = text(entry["DiscoveryName"]) ?? portName
    let hosts: [Conditional<String>]
    if let name = alias?["DnsName"] {
      hosts = evaluator.values(of: name, in: server.stack)
    } else if let discoveryName, let domain = namespaces.name(of: namespace) {
      hosts = [Conditional("\(discoveryName).\(domain)")]
    } else {
      hosts = []
    }
    let port = text(alias?["Port"]).flatMap { Int($0) }
    let mappings = task?.containers.flatMap(\.ports) ?? []
    let override = text(entry["IngressPortOverride"]).flatMap { Int($0) }
    let ingressPort = override ?? mappings.first { $0.name != nil && $0.name == portName }?.containerPort
    return hosts.map { host in
      let shown = evaluator.display(host.value)
      return Endpoint(
        server: server, host: host.value.lowercased(), port: port, display: port.map { "\(shown):\($0)" } ?? shown,
        portName: portName.map(evaluator.display), discoveryName: discoveryName.map(evaluator.display),
        registeredName: discoveryName?.lowercased(), hasAlias: alias?["DnsName"] != nil, ingressPort: ingressPort,
        premises: service.premises + host.premises)
    }
  }
}
