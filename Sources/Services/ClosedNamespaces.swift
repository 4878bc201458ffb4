import Deployment
import Templates

/// The namespaces of which everything that publishes in them is known: created in what was read, not handed on to
/// templates, stacks or accounts that were not, and with services whose names the templates tell.
struct ClosedNamespaces {
  /// The name of each, in lower case.
  private(set) var domains: [ResourceID: String] = [:]
  /// Whether a part of the group may hold services that it does not show.
  private(set) var isHidden = false

  init() {}

  init(_ evaluator: Evaluator, _ services: [Service], _ settled: NamespaceTable) {
    let group = evaluator.group
    isHidden = group.stacks.contains { !$0.template.hiddenParts.isEmpty } || Self.hasUnreadStacks(group)
    guard !isHidden else { return }
    let table = NamespaceTable(evaluator)
    let members = services.compactMap(\.connect)
    for id in group.resourceIDs(ofTypes: namespaceTypes) {
      // The names of a public one stand in the DNS of the whole world.
      guard group[id].type != "AWS::ServiceDiscovery::PublicDnsNamespace",
        let domain = table.name(of: .resource(id))?.lowercased(), Self.isPrivate(domain),
        members.contains(where: { $0.namespace == .resource(id) && !$0.endpoints.isEmpty }),
        members.allSatisfy({ Self.isPlain($0, id, domain, settled) }), !Self.isHandedOn(id, group)
      else { continue }
      domains[id] = domain
    }
    let counts = Dictionary(grouping: domains.values) { $0 }.mapValues(\.count)
    domains = domains.filter { counts[$0.value] == 1 }
  }

  /// Nested stacks and applications whose templates are not there.
  private static func hasUnreadStacks(_ group: TemplateGroup) -> Bool {
    group.resourceIDs.contains { id in
      switch group[id].type {
      case "AWS::CloudFormation::Stack": group.child(of: id) == nil
      case "AWS::Serverless::Application", "AWS::CloudFormation::StackSet": true
      default: false
      }
    }
  }

  /// Whether a host below the domain is one of the namespace and nothing else: `db.internal` may be anything.
  private static func isPrivate(_ domain: String) -> Bool {
    domain.contains(".") ? CloudMap.looksPrivate(domain[...]) : !CloudMap.privateDomains.contains(domain[...])
  }

  /// Whether a service is in the namespace with names that are told, or surely in another one.
  private static func isPlain(
    _ member: ServiceConnect, _ id: ResourceID, _ domain: String, _ settled: NamespaceTable
  ) -> Bool {
    guard member.namespace == .resource(id) else { return settled.areApart(member.settled, .resource(id)) }
    return member.endpoints.allSatisfy { endpoint in
      let name = endpoint.host.hasSuffix(".\(domain)") ? endpoint.host.dropLast(domain.count) : endpoint.host[...]
      return !name.unicodeScalars.contains(where: HoleTable.isHole)
    }
  }

  /// Whether an export or another resource gives the namespace, or a cluster that has it for a default, to somebody who
  /// may publish in it.
  private static func isHandedOn(_ id: ResourceID, _ group: TemplateGroup) -> Bool {
    let stack = group.stacks[id.stack]
    var given: Set<Int> = [id.index]
    for dependency in stack.graph.dependencies where dependency.to == id.index && dependency.kind != .dependsOn {
      switch stack.template.resources[dependency.from].type {
      case "AWS::ECS::Cluster": given.insert(dependency.from)
      case "AWS::ECS::Service", "AWS::ECS::TaskDefinition", "AWS::ServiceDiscovery::Service",
        "AWS::CloudFormation::Stack":
        continue
      default: return true
      }
    }
    let names = Set(given.map { stack.template.resources[$0].logicalID })
    return stack.template.outputs.values.contains { output in
      output["Export"] != nil && Reference.all(in: output).contains { names.contains($0.name) }
    }
  }
}
