import Deployment
import Services

/// The services that wait for each service, and are held up when it does not become stable: those that name it in
/// `DependsOn`, and clients that are ordered after it.
struct WaitingServices {
  private var waiting: [ResourceID: [Service]] = [:]

  init(_ change: Change) {
    let model = change.new
    var services: [ResourceID: Service] = [:]
    for service in model.services { services[service.id] = service }
    var pairs: Set<[ResourceID]> = []
    for service in model.services {
      for edge in model.group.stacks[service.id.stack].graph.dependencies(of: service.id.index)
      where edge.kind == .dependsOn {
        let server = ResourceID(stack: service.id.stack, index: edge.to)
        guard services[server] != nil, pairs.insert([service.id, server]).inserted else { continue }
        waiting[server, default: []].append(service)
      }
    }
    for connection in model.connections where [.explicit, .stack].contains(connection.relation) {
      guard connection.needsOrder, pairs.insert([connection.client, connection.server]).inserted else { continue }
      waiting[connection.server, default: []].append(model[connection.client])
    }
  }

  var isEmpty: Bool { waiting.isEmpty }

  func services(for server: Service) -> [Service] { waiting[server.id] ?? [] }
}
