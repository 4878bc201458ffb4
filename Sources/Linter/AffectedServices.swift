import Deployment
import Diagnostics
import Services

/// The services of a template group that a change affects: their own resource, their task definition or what these take
/// values from differs, what they publish or look up differs, or the order between them and another service.
struct AffectedServices {
  private let old: ServiceModel
  private let new: ServiceModel
  private let former: FormerResources
  private var before: ResolvedResources
  private var after: ResolvedResources

  /// - Returns: names of services of the new side, and of the old side where they are gone; all services when there is
  ///   no old side.
  static func between(
    _ old: ServiceModel?, and new: ServiceModel, _ former: FormerResources
  ) -> Set<Report.Resource> {
    guard let old else { return Set(new.services.map(\.name)) }
    var comparison = AffectedServices(old, new, former)
    return comparison.affected()
  }

  private init(_ old: ServiceModel, _ new: ServiceModel, _ former: FormerResources) {
    self.old = old
    self.new = new
    self.former = former
    before = ResolvedResources(old)
    after = ResolvedResources(new)
  }

  private mutating func affected() -> Set<Report.Resource> {
    var affected = Set(old.services.map(\.name)).subtracting(new.services.map(\.name))
    let takers = takersOfChanges()
    for service in new.services {
      guard let earlier = old[service.name] else {
        affected.insert(service.name)
        continue
      }
      let namespace = AffectedServices.namespace(of: service)
      let mayDiffer =
        takers.contains(service.id) || namespace.map(takers.contains) ?? false
        || namespace.flatMap(former.former) != AffectedServices.namespace(of: earlier)
      if mayDiffer, after.inputs(of: service) != before.inputs(of: earlier) { affected.insert(service.name) }
    }
    return affected.union(clientsOfChangedServers()).union(pairsInAnotherOrder()).union(withOtherNeeds())
  }

  /// The resources that take values from one that is not as before; what the others mean nobody has to ask.
  private func takersOfChanges() -> Set<ResourceID> {
    var takers: Set<ResourceID> = []
    for (number, stack) in new.group.stacks.enumerated() {
      let changed = stack.template.resources.indices.filter { index in
        !former.isUnchanged(ResourceID(stack: number, index: index))
      }
      takers.formUnion(stack.graph.takers(of: changed).map { ResourceID(stack: number, index: $0) })
    }
    return takers
  }

  /// The namespace of a service, where the templates create it.
  fileprivate static func namespace(of service: Service) -> ResourceID? {
    if case .resource(let namespace) = service.connect?.namespace { namespace } else { nil }
  }

  /// A server whose endpoints changed takes its clients with it, those that look the old ones up too.
  private func clientsOfChangedServers() -> Set<Report.Resource> {
    let changed = Set((new.services + old.services).map(\.name)).filter { name in
      AffectedServices.published(by: new[name]) != AffectedServices.published(by: old[name])
    }
    var affected: Set<Report.Resource> = []
    for model in [old, new] {
      for connection in model.connections where changed.contains(model[connection.server].name) {
        affected.formUnion([model[connection.client].name, model[connection.server].name])
      }
    }
    return affected.filter { new[$0] != nil || old[$0] != nil }
  }

  private func pairsInAnotherOrder() -> Set<Report.Resource> {
    let earlier = AffectedServices.relations(of: old)
    var affected: Set<Report.Resource> = []
    for (pair, relation) in AffectedServices.relations(of: new) where earlier[pair] != relation {
      affected.formUnion(pair)
    }
    return affected
  }

  /// Services that need what they do not wait for and did not before, or the other way round: what gives it may have
  /// come in without a word in the service.
  private func withOtherNeeds() -> Set<Report.Resource> {
    func needs(_ model: ServiceModel) -> [[String]: Report.Resource] {
      Dictionary(model.unmetNeeds.map { ([$0.need.kind.rawValue] + $0.identity, $0.need.service.name) }) { $1 }
    }
    let before = needs(old)
    let after = needs(new)
    let differing = after.filter { before[$0.key] == nil } + before.filter { after[$0.key] == nil }
    return Set(differing.map(\.value)).filter { new[$0] != nil }
  }

  /// The endpoints of a service by what clients see of them.
  private static func published(by service: Service?) -> Set<String> {
    Set(service?.connect?.endpoints.map(\.display) ?? [])
  }

  private static func relations(of model: ServiceModel) -> [[Report.Resource]: Waits.Relation] {
    Dictionary(model.connections.map { ([model[$0.client].name, model[$0.server].name], $0.relation) }) { $1 }
  }
}

/// The resources of one side, each resolved once.
private struct ResolvedResources {
  private let model: ServiceModel
  private let resolver: ResourceResolver
  private var known: [ResourceID: ResolvedResource] = [:]

  init(_ model: ServiceModel) {
    self.model = model
    resolver = ResourceResolver(model)
  }

  /// A service with all that it takes values from: its task definition, and what either reaches by reference.
  mutating func inputs(of service: Service) -> [String: ResolvedResource] {
    let group = model.group
    var seen: Set<ResourceID> = [service.id]
    var open = [service.id, AffectedServices.namespace(of: service)].compactMap(\.self)
    var inputs: [String: ResolvedResource] = [:]
    while let id = open.popLast() {
      let resource = resolved(id)
      inputs["\(group.template(of: id).path)#\(group[id].logicalID)"] = id == service.id ? resource : resource.asInput
      for edge in group.stacks[id.stack].graph.dependencies(of: id.index) where edge.kind != .dependsOn {
        let next = ResourceID(stack: id.stack, index: edge.to)
        if seen.insert(next).inserted { open.append(next) }
      }
    }
    return inputs
  }

  private mutating func resolved(_ id: ResourceID) -> ResolvedResource {
    if let resource = known[id] { return resource }
    let resource = resolver.resolved(id).withoutNoise
    known[id] = resource
    return resource
  }
}
