import Diagnostics
import Rules

/// Which rules run, and how bad what they find is: their own severities, changed by the configuration and then by the
/// command line.
struct RuleSeverities: Sendable {
  /// What the user may set for a rule.
  enum Level: String, CaseIterable, Sendable {
    case off, notice, warning, error

    var severity: Severity? { Severity(rawValue: rawValue) }
  }

  /// Only for rules that somebody has set.
  private var levels: [String: Level] = [:]

  /// - Parameter options: of the command line, where the last one counts. In the configuration a rule counts before its
  ///   group, wherever they stand.
  init(_ configuration: [String: Level], options: [RuleOption] = []) {
    let groups = Set(RuleDescription.Group.allCases.map(\.rawValue))
    for (name, level) in configuration where groups.contains(name) { set(name, to: level) }
    for (name, level) in configuration where !groups.contains(name) { set(name, to: level) }
    for option in options { set(option.name, to: option.level) }
  }

  static var ids: [String] { RuleSet.descriptions.map(\.id) }

  /// The ids and groups that can be set.
  static var names: [String] { ids + RuleDescription.Group.allCases.map(\.rawValue) }

  private mutating func set(_ name: String, to level: Level) {
    for rule in RuleSet.descriptions where rule.id == name || rule.group.rawValue == name { levels[rule.id] = level }
  }

  func isOn(_ rule: RuleDescription) -> Bool { levels[rule.id].map { $0 != .off } ?? (rule.severity != nil) }

  /// The rules that are not off.
  var rules: [any Rule] { RuleSet.all.filter { isOn(type(of: $0).description) } }

  /// What is set is the highest severity that diagnostics of the rule may have: those that are less bad stay so.
  func apply(to diagnostic: inout Diagnostic) {
    guard let highest = levels[diagnostic.rule]?.severity else { return }
    let own = RuleSet.descriptions.first { $0.id == diagnostic.rule }?.severity
    let isLess = own.map { diagnostic.severity < $0 } ?? false
    diagnostic.severity = isLess ? min(diagnostic.severity, highest) : highest
  }
}

/// `--rule ID=SEVERITY` of the command line.
struct RuleOption: Hashable, Sendable {
  let name: String
  let level: RuleSeverities.Level

  init(_ text: String) throws(RunError) {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    let levels = RuleSeverities.Level.allCases.map(\.rawValue)
    guard parts.count == 2, let level = RuleSeverities.Level(rawValue: parts[1]) else {
      throw RunError(
        "understand the arguments", "--rule \(text): a rule, '=', and one of \(levels.joined(separator: ", "))",
        hint: "precede check --rule client-before-server=warning")
    }
    guard RuleSeverities.names.contains(parts[0]) else {
      throw RunError(
        "understand the arguments", "--rule \(text): there is no rule or group '\(parts[0])'",
        hint: ClosestName.question(parts[0], among: RuleSeverities.names) ?? "precede rules lists them")
    }
    name = parts[0]
    self.level = level
  }
}
