import Deployment

/// Finds one kind of needs.
protocol NeedSource {
  /// The needs of a service, met or not. Two of one subject count as one.
  func needs(of service: Service) -> [Need]
}

/// Reads what services need, and judges which of it they wait for. What stands in another stack than the service is left
/// to the order of stacks.
struct NeedReader {
  private let sources: [any NeedSource]
  private let group: TemplateGroup
  private let excuses: ExcuseReader
  private var waits: Waits

  init(_ evaluator: Evaluator, _ services: [Service], _ order: DeploymentOrder) {
    group = evaluator.group
    excuses = ExcuseReader(evaluator.group)
    waits = Waits(order)
    guard !services.isEmpty else {
      sources = []
      return
    }
    let table = ResourceTable(evaluator)
    let policies = RolePolicies(table)
    sources = [
      ListenerNeeds(table), CapacityNeeds(table), MountTargetNeeds(table), InstanceNeeds(table), RouteNeeds(table),
      DatabaseNeeds(table), IngressRuleNeeds(table, services), RolePolicyNeeds(table, policies),
      ExecutionPolicyNeeds(table, policies), LogGroupNeeds(table), SecretNeeds(table),
    ]
  }

  mutating func unmetNeeds(of service: Service) -> [UnmetNeed] {
    guard !hasDanglingName(service.id) else { return [] }
    var unmet: [UnmetNeed] = []
    for source in sources {
      for need in NeedReader.merged(source.needs(of: service)) {
        if let found = unmetNeed(need) { unmet.append(found) }
      }
    }
    return unmet
  }

  /// Whether `DependsOn` names what the template does not have: the name of what is needed, misspelled or out of date, may
  /// be among them, and CloudFormation refuses the template anyway.
  private func hasDanglingName(_ service: ResourceID) -> Bool {
    guard let node = group[service].dependsOn else { return false }
    let template = group.template(of: service)
    return ([node] + node.elements).contains { name in name.text.map { template[$0] == nil } ?? false }
  }

  /// The needs with each subject once, and each provider once.
  private static func merged(_ needs: [Need]) -> [Need] {
    var merged: [Need] = []
    for need in needs {
      if let index = merged.firstIndex(where: { $0.subject == need.subject }) {
        merged[index].ways += need.ways
        merged[index].providers += need.providers
      } else {
        merged.append(need)
      }
    }
    return merged.map { need in
      var need = need
      var providers: [Need.Provider] = []
      var positions: [ResourceID: Int] = [:]
      for provider in need.providers {
        if let index = positions[provider.id] {
          providers[index].ways += provider.ways
          if !provider.isPerhapsUnused { providers[index].isPerhapsUnused = false }
        } else {
          positions[provider.id] = providers.count
          providers.append(provider)
        }
      }
      need.providers = providers.sorted { $0.id < $1.id }
      return need
    }
  }

  // MARK: Judgement

  private mutating func unmetNeed(_ need: Need) -> UnmetNeed? {
    let service = need.service.id
    let own = need.providers.filter { $0.id.stack == service.stack }
    let premise = formula(need.ways)
    guard need.isMetByOne else {
      var missing: [Need.Provider] = []
      var gaps: [ConditionSpace.Formula] = []
      for provider in own {
        guard let gap = waits.gap(of: service, before: [(provider.id, formula(provider.ways))], when: premise),
          !isAwaitedBySubstitutes(provider)
        else { continue }
        missing.append(provider)
        gaps.append(gap)
      }
      guard !missing.isEmpty else { return nil }
      return UnmetNeed(
        need: need, missing: missing, remedies: missing.map { remedy($0, for: service) },
        circumstances: circumstances(waits.conditions.any(gaps), of: service),
        excuse: excuses.excuse(for: need, missing: missing, &waits))
    }
    // One that another stack has may be there already.
    guard own.count == need.providers.count else { return nil }
    let others = own.map { (id: $0.id, formula: formula($0.ways)) }
    guard let gap = waits.gap(of: service, before: others, when: premise) else { return nil }
    let missing = own.filter { isGiven(by: $0, where: gap) }
    return UnmetNeed(
      need: need, missing: missing, remedies: remedies(among: missing, for: service, gap),
      circumstances: circumstances(gap, of: service), excuse: excuses.excuse(for: need, missing: missing, &waits))
  }

  private mutating func isAwaitedBySubstitutes(_ provider: Need.Provider) -> Bool {
    guard !provider.substitutes.isEmpty else { return false }
    let formula = formula(provider.ways)
    for other in provider.substitutes
    where waits.gap(of: other, before: [(provider.id, formula)], when: .always) != nil { return false }
    return true
  }

  /// Whether a provider is there in some of the deployments.
  private mutating func isGiven(by provider: Need.Provider, where gap: ConditionSpace.Formula) -> Bool {
    if waits.conditions.isExhausted { return true }
    let given = waits.conditions.all(
      gap, formula(provider.ways), waits.conditions.existence(of: provider.id))
    return waits.conditions.isPossible(given)
  }

  /// Providers that close a gap together: as few as can be, and one that exists whenever the service does before those
  /// that need a condition.
  private mutating func remedies(
    among missing: [Need.Provider], for service: ResourceID, _ gap: ConditionSpace.Formula
  ) -> [UnmetNeed.Remedy] {
    let candidates = missing.map { remedy($0, for: service) }
    let ranked = candidates.enumerated().sorted { one, other in
      (rank(one.element, service), one.offset) < (rank(other.element, service), other.offset)
    }
    var open = gap
    var chosen: [UnmetNeed.Remedy] = []
    for (_, candidate) in ranked where isGiven(by: candidate.provider, where: open) {
      chosen.append(candidate)
      if waits.conditions.isExhausted { break }
      let given = waits.conditions.all(
        formula(candidate.provider.ways), waits.conditions.existence(of: candidate.provider.id))
      open = waits.conditions.all(open, waits.conditions.not(given))
      guard waits.conditions.isPossible(open) else { break }
    }
    return chosen
  }

  private mutating func rank(_ remedy: UnmetNeed.Remedy, _ service: ResourceID) -> Int {
    (waits.mayWait(remedy.provider.id, for: service) ? 2 : 0) + (remedy.condition == nil ? 0 : 1)
  }

  private mutating func remedy(_ provider: Need.Provider, for service: ResourceID) -> UnmetNeed.Remedy {
    let mayBeMissing = waits.conditions.mayExist(service, without: provider.id)
    return UnmetNeed.Remedy(
      provider: provider, condition: mayBeMissing ? group[provider.id].body["Condition"]?.text : nil)
  }

  private mutating func circumstances(_ gap: ConditionSpace.Formula, of service: ResourceID) -> String {
    let rest = waits.conditions.all(waits.conditions.existence(of: service), waits.conditions.not(gap))
    return waits.conditions.isPossible(rest) ? waits.conditions.circumstances(of: gap) : ""
  }

  private mutating func formula(_ ways: [[Premise]]) -> ConditionSpace.Formula {
    let formulas = ways.map { waits.conditions.formula($0) }
    return waits.conditions.any(formulas)
  }
}
