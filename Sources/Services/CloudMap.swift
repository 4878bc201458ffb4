import Deployment
import Templates

/// The DNS names of Cloud Map services that ECS services register with: `<name>.<namespace>`.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html
struct CloudMap {
  /// A Cloud Map service with those who register there; several may share one.
  struct Registry {
    let id: ResourceID
    let members: [ResourceID]
  }

  private let evaluator: Evaluator
  private var registries: [String: [Registry]] = [:]
  /// By name alone, where nobody knows the name of the namespace.
  private var openRegistries: [String: [Registry]] = [:]
  /// The names of the namespaces with registries.
  private(set) var domains: Set<String> = []
  /// The names of all Cloud Map services, whoever registers there: whole, or alone where the namespace is not known.
  private var names: Set<String> = []
  private var openNames: Set<String> = []
  /// ECS services that register under a name that the templates do not tell.
  private(set) var openMembers: Set<ResourceID> = []
  /// The names without the domain: what a search domain may complete.
  private(set) var shortNames: Set<String> = []

  init(_ evaluator: Evaluator, _ services: [Service], _ namespaces: NamespaceTable) {
    self.evaluator = evaluator
    var members: [ResourceID: [ResourceID]] = [:]
    for service in services {
      let (known, isComplete) = CloudMap.registries(of: service.id, evaluator)
      for id in known { members[id, default: []].append(service.id) }
      if !isComplete { openMembers.insert(service.id) }
    }
    for id in evaluator.group.resourceIDs(ofTypes: ["AWS::ServiceDiscovery::Service"]) {
      let properties = evaluator.group[id].properties
      guard let node = properties?["Name"], let name = evaluator.text(of: node, in: id.stack)?.lowercased() else {
        continue
      }
      let namespace = (properties?["NamespaceId"] ?? properties?["DnsConfig"]?["NamespaceId"])
        .flatMap { namespaces.resource(of: $0, in: id.stack) }
      let domain = namespace.flatMap({ namespaces.name(of: .resource($0)) })?.lowercased()
      shortNames.insert(name)
      if let domain { names.insert("\(name).\(domain)") } else { openNames.insert(name) }
      // Such a namespace has no DNS.
      if let namespace, evaluator.group[namespace].type == "AWS::ServiceDiscovery::HttpNamespace" { continue }
      guard let members = members[id] else { continue }
      let registry = Registry(id: id, members: members)
      if let domain {
        registries["\(name).\(domain)", default: []].append(registry)
        domains.insert(domain)
      } else {
        openRegistries[name, default: []].append(registry)
      }
    }
  }

  var isEmpty: Bool { registries.isEmpty && openRegistries.isEmpty }

  /// Whether a Cloud Map service has a name, or may have it since its namespace is not known.
  func mayHave(_ host: String) -> Bool {
    names.contains(host) || host.firstIndex(of: ".").map { openNames.contains(String(host[..<$0])) } ?? false
  }

  /// The registries of a name. Where the namespace stands outside the templates, a domain that looks private or holds a
  /// hole is taken for it.
  func registries(named host: String) -> [Registry] {
    if let found = registries[host] { return found }
    guard !openRegistries.isEmpty, let dot = host.firstIndex(of: ".") else { return [] }
    let domain = host[host.index(after: dot)...]
    guard !domains.contains(String(domain)), CloudMap.looksPrivate(domain) else { return [] }
    return openRegistries[String(host[..<dot])] ?? []
  }

  /// The Cloud Map services that an ECS service registers with, and whether these are all.
  private static func registries(of service: ResourceID, _ evaluator: Evaluator) -> ([ResourceID], isComplete: Bool) {
    guard let list = evaluator.group[service].properties?["ServiceRegistries"] else { return ([], true) }
    let texts = evaluator.elements(of: list, in: service.stack).flatMap { entry in
      entry.value["RegistryArn"].map { evaluator.texts(of: $0, in: service.stack) } ?? []
    }
    let known = texts.compactMap { text -> ResourceID? in
      guard case .resource(let id, _) = evaluator.holes.soleHole(in: text),
        evaluator.group[id].type == "AWS::ServiceDiscovery::Service"
      else { return nil }
      return id
    }
    return (known, known.count == texts.count)
  }

  /// Top-level names that no public host has: https://www.rfc-editor.org/rfc/rfc6762#appendix-G and those in use at AWS.
  static func looksPrivate(_ domain: Substring) -> Bool {
    domain.unicodeScalars.contains(where: HoleTable.isHole)
      || privateDomains.contains(domain.split(separator: ".").last ?? domain)
  }

  static let privateDomains: Set<Substring> = [
    "local", "internal", "intranet", "private", "corp", "home", "lan", "pvtdns", "cloudmap",
  ]
}
