import Deployment
import Diagnostics
import Templates

/// Finds the services that declared connections mean.
struct Declarations {
  /// A declared connection between two services of the group.
  struct Declared {
    let client: ResourceID
    let server: ResourceID
    let evidence: Evidence
    let ignored: DeclaredConnection.Reason?
  }

  private(set) var found: [Declared] = []
  private(set) var faults: [DeclaredConnection.Fault] = []
  private let services: [Service]
  private var byName: [String: [ResourceID]] = [:]

  init(_ evaluator: Evaluator, _ services: [Service], _ declared: [DeclaredConnection]) {
    self.services = services
    let clients = services.filter { Declarations.list(of: $0, evaluator.group) != nil }
    guard !(clients.isEmpty && declared.isEmpty) else { return }
    for service in services {
      let resource = evaluator.group[service.id]
      let name = resource.properties?["ServiceName"].flatMap { evaluator.text(of: $0, in: service.id.stack) }
      // The CDK puts the resource below the construct that people know: `Shop/Api/Service` for `Shop/Api`.
      let path = service.constructPath
      let above = path.flatMap { path in path.hasSuffix("/Service") ? String(path.dropLast("/Service".count)) : nil }
      for name in Set([service.logicalID, name, path, above].compactMap(\.self)) {
        byName[name, default: []].append(service.id)
      }
    }
    for client in clients { readMetadata(of: client, evaluator.group) }
    for connection in declared { resolve(connection, evaluator.group) }
  }

  /// `Metadata: {Precede: {ConnectsTo: [MySql]}}`, a name or a list of names.
  private static func list(of client: Service, _ group: TemplateGroup) -> Node? {
    group[client.id].body["Metadata"]?["Precede"]?["ConnectsTo"]
  }

  private mutating func readMetadata(of client: Service, _ group: TemplateGroup) {
    guard let list = Declarations.list(of: client, group) else { return }
    for node in list.kind == .sequence ? Array(list.elements) : [list] {
      guard let name = node.text else { continue }
      let spot = group.template(of: client.id).spot(of: node)
      guard let server = service(named: name, near: client.id.stack, at: spot.location, nil) else { continue }
      let evidence = Evidence(kind: .metadata, name: nil, spot: spot, strength: .certain, premises: [])
      add(Declared(client: client.id, server: server, evidence: evidence, ignored: nil))
    }
  }

  private mutating func resolve(_ connection: DeclaredConnection, _ group: TemplateGroup) {
    let client = service(named: connection.client, near: nil, at: nil, connection)
    let server = service(named: connection.server, near: client?.stack, at: nil, connection)
    guard let client, let server else { return }
    let evidence = Evidence(
      kind: .declared, name: nil, spot: group.spot(of: client), strength: .certain, premises: [])
    var ignored: DeclaredConnection.Reason?
    if case .ignored(let reason) = connection.order { ignored = reason }
    add(Declared(client: client, server: server, evidence: evidence, ignored: ignored))
  }

  private mutating func add(_ declared: Declared) {
    if declared.client != declared.server { found.append(declared) }
  }

  /// The service in the same stack, else the only one.
  private mutating func service(
    named name: String, near stack: Int?, at location: Location?, _ declared: DeclaredConnection?
  ) -> ResourceID? {
    let candidates = byName[name] ?? []
    let own = candidates.filter { $0.stack == stack }
    let found = own.isEmpty ? candidates : own
    if found.count == 1 { return found[0] }
    faults.append(
      DeclaredConnection.Fault(
        name: name, cause: found.isEmpty ? .unknown : .ambiguous, location: location, declared: declared))
    return nil
  }
}
