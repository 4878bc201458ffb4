import Deployment
import Diagnostics
import Services

/// The deployments that have a service, and in which of them something holds that the template says of it.
struct Circumstances {
  private var conditions: ConditionSpace
  private let existence: ConditionSpace.Formula

  init(of service: Service, in change: Change) {
    conditions = change.new.order.conditions
    existence = conditions.existence(of: service.id)
  }

  /// The deployments that have the service in Service Connect.
  init(ofConnect service: Service, _ resolver: ResourceResolver, in change: Change) {
    var conditions = change.new.order.conditions
    let ways = resolver.connectConfigurations(of: service).map(\.premises)
    let isOn = ways.contains([]) ? .always : conditions.any(ways.map { conditions.formula($0) })
    existence = conditions.all(conditions.existence(of: service.id), isOn)
    self.conditions = conditions
  }

  /// A deployment in which a fault shows.
  struct Case {
    /// What must be chosen for it, to stand behind the name of what is at fault: " where Stage is prod"; empty for all.
    let phrase: String
    /// Whether it is so without anybody choosing anything.
    let isDefault: Bool

    /// Values that nobody chooses, since they do not work, are a lesser fault than the defaults.
    func severity(_ severity: Severity) -> Severity { isDefault || severity < .warning ? severity : .warning }
  }

  /// The case in which all premises hold, and none of the others; `nil` when no deployment is so, or nobody can tell.
  mutating func found(_ premises: [Premise] = [], without others: [[Premise]] = []) -> Case? {
    guard !conditions.isExhausted else {
      return premises.isEmpty && others.isEmpty && existence == .always ? Case(phrase: "", isDefault: true) : nil
    }
    let excluded = conditions.any(others.map { conditions.formula($0) })
    let formula = conditions.all(existence, conditions.formula(premises), conditions.not(excluded))
    guard conditions.isPossible(formula) else { return nil }
    let circumstances = conditions.circumstances(of: formula)
    return Case(
      phrase: circumstances.isEmpty ? "" : " where \(circumstances)",
      isDefault: conditions.isPossibleWithDefaults(formula))
  }

  /// The first case among alternatives.
  mutating func found(any alternatives: [[Premise]]) -> Case? {
    for premises in alternatives {
      if let found = found(premises) { return found }
    }
    return nil
  }
}
