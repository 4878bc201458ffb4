import Deployment
import Templates

/// The virtual services of App Mesh in the group, and what the mesh lets a service call.
///
/// https://docs.aws.amazon.com/app-mesh/latest/userguide/virtual_services.html
struct Mesh {
  /// A virtual service that a gateway routes to, or that a node names among its backends.
  struct Call {
    let host: String
    let node: Node
    let stack: Int
  }

  /// The services behind the name of a virtual service.
  private(set) var servers: [String: [ResourceID]] = [:]
  private(set) var calls: [ResourceID: [Call]] = [:]

  init() {}

  /// - Parameter resolve: the services that DNS has for a host.
  init(_ evaluator: Evaluator, _ services: [Service], _ resolve: (String) -> [ResourceID]) {
    let ids = evaluator.group.resourceIDs { $0.hasPrefix("AWS::AppMesh::") }
    guard !ids.isEmpty else { return }
    var reader = MeshReader(evaluator, services, ids)
    reader.read(resolve)
    servers = reader.servers
    calls = reader.calls
  }
}

/// Follows virtual services through routers and routes to nodes, and nodes to the services whose proxy has their name.
private struct MeshReader {
  let evaluator: Evaluator
  let services: [Service]
  let families: [ResourceID: String]
  let resources: [String: [ResourceID]]
  /// Services by the names of virtual nodes and gateways that their proxies have.
  private var members: [String: [ResourceID]] = [:]
  private(set) var servers: [String: [ResourceID]] = [:]
  private(set) var calls: [ResourceID: [Mesh.Call]] = [:]

  init(_ evaluator: Evaluator, _ services: [Service], _ ids: [ResourceID]) {
    self.evaluator = evaluator
    self.services = services
    families = Dictionary(
      uniqueKeysWithValues: services.compactMap { service in service.taskDefinition?.family.map { (service.id, $0) } })
    resources = Dictionary(grouping: ids) { String(evaluator.group[$0].type.dropFirst("AWS::AppMesh::".count)) }
  }

  mutating func read(_ resolve: (String) -> [ResourceID]) {
    readProxies()
    for id in resources["VirtualNode"] ?? [] { readNode(id, resolve) }
    let routes = readRoutes()
    for id in resources["VirtualService"] ?? [] {
      guard let host = name("VirtualServiceName", id)?.lowercased() else { continue }
      let provider = specification(id)["Provider"]
      let nodes =
        texts(provider?["VirtualNode"]?["VirtualNodeName"], id.stack)
        + texts(provider?["VirtualRouter"]?["VirtualRouterName"], id.stack).flatMap { routes[$0] ?? [] }
      servers[host, default: []] += nodes.flatMap { members[$0] ?? [] }
    }
    readCalls()
  }

  /// The proxy of a task says in its environment which node or gateway it is.
  /// https://docs.aws.amazon.com/app-mesh/latest/userguide/envoy-config.html
  private mutating func readProxies() {
    for service in services {
      guard let task = service.taskDefinition else { continue }
      let variables = task.containers.flatMap(\.environment)
      for variable in variables where ["APPMESH_RESOURCE_ARN", "APPMESH_VIRTUAL_NODE_NAME"].contains(variable.name) {
        for text in evaluator.texts(of: variable.value.value, in: task.id.stack) {
          members[identity(text), default: []].append(service.id)
        }
      }
    }
  }

  /// The name in `mesh/shop/virtualNode/api`; that of the resource where the text is its ARN.
  private func identity(_ text: String) -> String {
    if case .resource(let id, _) = evaluator.holes.soleHole(in: text) {
      return name("VirtualNodeName", id) ?? name("VirtualGatewayName", id) ?? text
    }
    return text.split(separator: "/").last.map(String.init) ?? text
  }

  /// A node that no proxy names is known by what it resolves to.
  private mutating func readNode(_ id: ResourceID, _ resolve: (String) -> [ResourceID]) {
    guard let key = name("VirtualNodeName", id), members[key] == nil else { return }
    let discovery = specification(id)["ServiceDiscovery"]
    var found = texts(discovery?["DNS"]?["Hostname"], id.stack).flatMap { resolve($0.lowercased()) }
    if let map = discovery?["AWSCloudMap"], let service = texts(map["ServiceName"], id.stack).first,
      let namespace = texts(map["NamespaceName"], id.stack).first
    {
      let wanted = attributes(map["Attributes"], id.stack)
      found += resolve("\(service).\(namespace)".lowercased())
        .filter { wanted.isEmpty || families[$0].map(wanted.contains) ?? true }
    }
    members[key] = found
  }

  private func attributes(_ node: Node?, _ stack: Int) -> Set<String> {
    let entries = node.map { evaluator.elements(of: $0, in: stack) } ?? []
    return Set(
      entries.filter { texts($0.value["Key"], stack) == ["ECS_TASK_DEFINITION_FAMILY"] }
        .flatMap { texts($0.value["Value"], stack) })
  }

  /// The nodes that each router sends to.
  private func readRoutes() -> [String: [String]] {
    var routes: [String: [String]] = [:]
    for id in resources["Route"] ?? [] {
      let nodes = protocols.compactMap { specification(id)[$0]?["Action"]?["WeightedTargets"] }
        .flatMap { evaluator.elements(of: $0, in: id.stack) }
        .filter { texts($0.value["Weight"], id.stack) != ["0"] }.flatMap { texts($0.value["VirtualNode"], id.stack) }
      guard let router = name("VirtualRouterName", id) else { continue }
      routes[router, default: []] += nodes
    }
    return routes
  }

  private mutating func readCalls() {
    for id in resources["GatewayRoute"] ?? [] {
      let hosts = gatewayProtocols.compactMap {
        specification(id)[$0]?["Action"]?["Target"]?["VirtualService"]?["VirtualServiceName"]
      }
      for client in name("VirtualGatewayName", id).flatMap({ members[$0] }) ?? [] { add(hosts, client, id.stack) }
    }
    for id in resources["VirtualNode"] ?? [] {
      guard let list = specification(id)["Backends"], let key = name("VirtualNodeName", id) else { continue }
      let hosts = evaluator.elements(of: list, in: id.stack).compactMap {
        $0.value["VirtualService"]?["VirtualServiceName"]
      }
      for client in members[key] ?? [] { add(hosts, client, id.stack) }
    }
  }

  private mutating func add(_ nodes: [Node], _ client: ResourceID, _ stack: Int) {
    calls[client, default: []] += nodes.flatMap { node in
      texts(node, stack).map { Mesh.Call(host: $0.lowercased(), node: node, stack: stack) }
    }
  }

  /// The `Spec` of a resource, in the first branch of `Fn::If`.
  private func specification(_ id: ResourceID) -> Specification {
    let node = evaluator.group[id].properties?["Spec"].flatMap { evaluator.branches(of: $0, in: id.stack).first?.value }
    return Specification(node: node)
  }

  private struct Specification {
    let node: Node?
    subscript(key: String) -> Node? { node?[key] }
  }

  private func name(_ property: String, _ id: ResourceID) -> String? {
    texts(evaluator.group[id].properties?[property], id.stack).first
  }

  private func texts(_ node: Node?, _ stack: Int) -> [String] { node.map { evaluator.texts(of: $0, in: stack) } ?? [] }
}

private let protocols = ["HttpRoute", "Http2Route", "GrpcRoute", "TcpRoute"]
private let gatewayProtocols = ["HttpRoute", "Http2Route", "GrpcRoute"]
