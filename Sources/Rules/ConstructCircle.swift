import Deployment
import Services
import Templates

/// A circle that the CDK's `client.node.addDependency(server)` closes: it lets every resource below the client wait for
/// every one below the server, so the client's security group waits for the server's ingress rule, which names that
/// group. The dependency between the two services alone would close none.
///
/// https://github.com/aws/aws-cdk/issues/29501
struct ConstructCircle {
  let client: Service
  /// The construct path of what the client's construct depends on as a whole.
  let server: String
  /// The service of the server's construct, if it is one.
  let serverService: Service?

  /// `nil` when the circle has another cause, or when the template tells no construct paths.
  init?(_ circle: ResourceCircle, in model: ServiceModel) {
    let stack = model.group.stacks[circle.stack]
    let tree = ConstructTree(stack)
    let inside = Set(circle.members)
    let services = model.services.filter { $0.id.stack == circle.stack }
    let clients = services.compactMap { service in
      tree.construct(of: service).map { (service: service, construct: $0) }
    }
    for from in circle.members {
      guard let (client, construct) = clients.first(where: { tree.isResource(from, below: $0.construct) }) else {
        continue
      }
      let below = tree.resources(below: construct)
      guard below.count > 1 else { continue }
      for edge in stack.graph.dependencies(of: from) where edge.kind == .dependsOn && inside.contains(edge.to) {
        guard let server = tree.server(of: edge.to, awaitedBy: below, in: stack.graph) else { continue }
        let servers = Set(tree.resources(below: server))
        let isClosed = ConstructCircle.hasCircle(inside, stack.graph) { edge in
          // Between the services themselves the dependency stays.
          guard edge.kind == .dependsOn, below.contains(edge.from), servers.contains(edge.to) else {
            return true
          }
          return edge.from == client.id.index && services.contains { $0.id.index == edge.to }
        }
        guard !isClosed else { continue }
        self.client = client
        self.server = server.joined(separator: "/")
        serverService = services.first { servers.contains($0.id.index) }
        return
      }
    }
    return nil
  }

  private static func hasCircle(
    _ members: Set<Int>, _ graph: ResourceGraph, _ keeps: (Dependency) -> Bool
  ) -> Bool {
    let ids = members.sorted()
    let positions = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
    return !Circle.all(count: ids.count) { position in
      graph.dependencies(of: ids[position]).filter(keeps).compactMap { positions[$0.to] }
    }.isEmpty
  }
}

/// The construct paths of a template's resources.
private struct ConstructTree {
  private let paths: [[Substring]]

  init(_ stack: Stack) {
    paths = stack.template.resources.map { stack.constructPath(of: $0)?.split(separator: "/") ?? [] }
  }

  /// The construct of a service: `Shop/Web` for the resource `Shop/Web/Service`, which the CDK always calls so.
  func construct(of service: Service) -> ArraySlice<Substring>? {
    let path = paths[service.id.index]
    return path.last == "Service" && path.count > 2 ? path.dropLast() : nil
  }

  func isResource(_ resource: Int, below construct: ArraySlice<Substring>) -> Bool {
    paths[resource].count > construct.count && paths[resource].starts(with: construct)
  }

  func resources(below construct: ArraySlice<Substring>) -> [Int] {
    paths.indices.filter { isResource($0, below: construct) }
  }

  /// The outermost construct around a resource of which everything is awaited by all of the clients. A role alone is
  /// what the CDK itself lets a service wait for.
  func server(of resource: Int, awaitedBy clients: [Int], in graph: ResourceGraph) -> ArraySlice<Substring>? {
    let awaited = clients.map { client in
      Set(graph.dependencies(of: client).filter { $0.kind == .dependsOn }.map(\.to))
    }
    let path = paths[resource]
    guard path.count > 2 else { return nil }
    for length in 2..<path.count {
      let construct = path.prefix(length)
      let content = resources(below: construct)
      if clients.contains(where: content.contains) { continue }
      if awaited.allSatisfy({ $0.isSuperset(of: content) }) {
        return path[length - 1] == "TaskRole" ? nil : construct
      }
    }
    return nil
  }
}
