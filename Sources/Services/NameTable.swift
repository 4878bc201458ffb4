import Deployment
import Templates

/// The names of the group that DNS or a mesh resolves to services while tasks run: they come right by themselves, so that
/// no order of start-up depends on them.
struct NameTable {
  /// A service behind a name.
  struct Target {
    let server: ResourceID
    let mechanism: Connection.Mechanism
    /// The ports that the name is known to answer on; empty when nobody knows.
    let ports: [Int]
  }

  private let evaluator: Evaluator
  private let ports: [ResourceID: [Int]]
  private let balancers: LoadBalancers
  private let records: [String: [String]]
  let cloudMap: CloudMap
  private(set) var mesh = Mesh()

  init(_ evaluator: Evaluator, _ services: [Service]) {
    self.evaluator = evaluator
    ports = Dictionary(uniqueKeysWithValues: services.map { ($0.id, $0.taskDefinition?.ports ?? []) })
    cloudMap = CloudMap(evaluator, services, NamespaceTable(evaluator))
    balancers = LoadBalancers(evaluator, services)
    records = RecordTable(evaluator).targets
    mesh = Mesh(evaluator, services) { host in resolve(host, Query()).targets.map(\.server) }
  }

  /// Whether no name leads to a service.
  var isEmpty: Bool { cloudMap.isEmpty && balancers.isEmpty && records.isEmpty && mesh.servers.isEmpty }

  /// The services that a host may be; none when the client itself is among them, for then it is its own address.
  func targets(
    of token: HostToken, port: Int?, client: ResourceID?, searching domains: Set<String> = []
  ) -> [Target] {
    let query = Query(port: port, path: token.path, client: client)
    let hosts = token.host.contains(".") ? [token.host] : [token.host] + domains.sorted().map { "\(token.host).\($0)" }
    for host in hosts {
      let answer = resolve(host, query)
      if answer.isOwn { return [] }
      if !answer.targets.isEmpty { return answer.targets }
    }
    return []
  }

  /// Whether anything of the group but Service Connect may give a host an address, whoever answers there.
  func mayHave(_ host: String, searching domains: Set<String> = []) -> Bool {
    ([host] + domains.map { "\(host).\($0)" }).contains { host in
      let wildcard = host.firstIndex(of: ".").map { "*" + host[$0...] }
      return cloudMap.mayHave(host) || records[host] != nil || wildcard.map { records[$0] != nil } ?? false
        || mesh.servers[host] != nil
    }
  }

  private struct Query {
    var port: Int?
    var path: String?
    var client: ResourceID?
  }

  private struct Answer {
    var targets: [Target] = []
    var isOwn = false

    /// Adds services that nothing before has led to.
    mutating func add(_ targets: [Target], for client: ResourceID?) {
      isOwn = isOwn || targets.contains { $0.server == client }
      self.targets += targets.filter { target in !self.targets.contains { $0.server == target.server } }
    }
  }

  private func resolve(_ host: String, _ query: Query, depth: Int = 0) -> Answer {
    var answer = Answer()
    answer.add(registered(host, nearTo: query.client?.stack), for: query.client)
    let balanced = balancers.members(behind: host, port: query.port, path: query.path, client: query.client)
    let port = balanced.port.map { [$0] } ?? []
    answer.add(balanced.members.map { Target(server: $0, mechanism: .loadBalancer, ports: port) }, for: query.client)
    if depth < 4 {
      for target in records[host] ?? [] {
        let found = resolve(target, query, depth: depth + 1)
        answer.isOwn = answer.isOwn || found.isOwn
        answer.add(found.targets, for: query.client)
      }
    }
    answer.add((mesh.servers[host] ?? []).map { Target(server: $0, mechanism: .other, ports: []) }, for: query.client)
    return answer
  }

  /// Those registered under a name. The name in the client's own stack is meant first; of equal names in several other
  /// stacks nobody knows which.
  private func registered(_ host: String, nearTo stack: Int?) -> [Target] {
    var registries = cloudMap.registries(named: host)
    let own = registries.filter { $0.id.stack == stack }
    if !own.isEmpty { registries = own } else if Set(registries.map(\.id.stack)).count > 1 { return [] }
    return registries.flatMap(\.members).map { Target(server: $0, mechanism: .cloudMap, ports: ports[$0] ?? []) }
  }
}

/// The records of Route 53 in the group: what a name stands for.
private struct RecordTable {
  /// Hosts by host, in lower case and without the dot at the end.
  private(set) var targets: [String: [String]] = [:]

  init(_ evaluator: Evaluator) {
    for id in evaluator.group.resourceIDs(ofTypes: ["AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup"]) {
      guard let properties = evaluator.group[id].properties else { continue }
      if evaluator.group[id].type == "AWS::Route53::RecordSet" {
        read(properties, id.stack, evaluator)
      } else {
        for record in properties["RecordSets"].map({ evaluator.elements(of: $0, in: id.stack) }) ?? [] {
          read(record.value, id.stack, evaluator)
        }
      }
    }
  }

  private mutating func read(_ record: Node, _ stack: Int, _ evaluator: Evaluator) {
    let values = record["ResourceRecords"].map { evaluator.elements(of: $0, in: stack).map(\.value) } ?? []
    let nodes = values + [record["AliasTarget"]?["DNSName"]].compactMap(\.self)
    for name in record["Name"].map({ evaluator.texts(of: $0, in: stack) }) ?? [] {
      targets[RecordTable.host(name), default: []] +=
        nodes.flatMap { evaluator.texts(of: $0, in: stack) }.map(RecordTable.host)
    }
  }

  private static func host(_ name: String) -> String {
    (name.hasSuffix(".") ? String(name.dropLast()) : name).lowercased()
  }
}
