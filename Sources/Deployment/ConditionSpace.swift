/// What the conditions of a template group allow: when a resource exists, and whether things can hold together.
///
/// Every condition is a formula over equations between what whoever deploys the stacks is free to choose. Equations of one
/// value with two different texts exclude each other, and a parameter has one of its allowed values.
package struct ConditionSpace: Sendable {
  package typealias Formula = DecisionDiagram.Formula

  private var diagram = DecisionDiagram()
  /// For each stack its conditions by name.
  private let conditions: [[String: Formula]]
  /// For each stack its resources that have a condition.
  private let existence: [[Int: Formula]]
  /// What holds in every deployment.
  private let universe: Formula
  /// What holds where all parameters have their defaults.
  private let defaults: Formula
  /// What each variable says, for people.
  private let equations: [Wording]
  /// Whether nothing at all depends on a condition.
  package let isTrivial: Bool

  /// A sentence `<subject> is <text>`.
  struct Wording: Sendable {
    let subject: String
    let text: String
  }

  package init(_ evaluator: Evaluator) {
    var reader = ConditionReader(evaluator)
    var conditions: [[String: Formula]] = []
    for stack in evaluator.group.stacks.indices { conditions.append(reader.conditions(of: stack)) }
    var existence: [[Int: Formula]] = []
    for (index, stack) in evaluator.group.stacks.enumerated() {
      // A nested stack exists when its resource does; parents come first.
      let around = stack.parent.flatMap { existence[$0.stack][$0.index] } ?? .always
      var formulas: [Int: Formula] = [:]
      for (number, resource) in stack.template.resources.enumerated() {
        let own = resource.body["Condition"]?.text.flatMap { conditions[index][$0] } ?? .always
        let formula = reader.diagram.and(around, own)
        if reader.diagram.isExhausted {
          // The formula may even be `always` then, which must not be taken for a resource without condition.
          if resource.body["Condition"] != nil || around != .always { formulas[number] = .never }
        } else if formula != .always {
          formulas[number] = formula
        }
      }
      existence.append(formulas)
    }
    universe = reader.universe()
    defaults = reader.defaults()
    diagram = reader.diagram
    equations = reader.equations
    self.conditions = conditions
    self.existence = existence
    isTrivial = conditions.allSatisfy { $0.isEmpty }
  }

  /// Whether the conditions are too many to be judged together, so that no answer here means anything.
  package var isExhausted: Bool { diagram.isExhausted }

  /// When a resource exists.
  package func existence(of id: ResourceID) -> Formula { existence[id.stack][id.index] ?? .always }

  /// When all premises hold. A condition that the template does not define says nothing.
  package mutating func formula(_ premises: [Premise]) -> Formula {
    guard !isExhausted else { return premises.isEmpty ? .always : .never }
    return premises.reduce(.always) { formula, premise in
      guard let condition = conditions[premise.stack][premise.guarded.condition] else { return formula }
      return diagram.and(formula, premise.guarded.holds ? condition : diagram.not(condition))
    }
  }

  package mutating func all(_ formulas: Formula...) -> Formula { formulas.reduce(.always) { diagram.and($0, $1) } }

  package mutating func any(_ formulas: [Formula]) -> Formula { formulas.reduce(.never) { diagram.or($0, $1) } }

  package mutating func not(_ formula: Formula) -> Formula { diagram.not(formula) }

  /// Whether a deployment exists in which the formula holds.
  package mutating func isPossible(_ formula: Formula) -> Bool { diagram.and(formula, universe) != .never }

  /// Whether the formula holds in a deployment in which nobody chose anything but the defaults.
  package mutating func isPossibleWithDefaults(_ formula: Formula) -> Bool {
    isPossible(diagram.and(formula, defaults))
  }

  /// Whether a deployment has a resource and not another one.
  package mutating func mayExist(_ resource: ResourceID, without other: ResourceID) -> Bool {
    existence(of: other) != .always && isPossible(all(existence(of: resource), not(existence(of: other))))
  }

  /// A deployment in which the formula holds, as values of variables; `nil` when there is none.
  mutating func deployment(with formula: Formula) -> [Int: Bool]? {
    let possible = diagram.and(formula, universe)
    return diagram.assignment(for: possible)
  }

  func holds(_ formula: Formula, in deployment: [Int: Bool]) -> Bool { diagram.holds(formula, for: deployment) }

  /// What must be chosen for the formula to hold, in words; empty when nothing must. One way of several.
  package mutating func circumstances(of formula: Formula) -> String {
    let relevant = diagram.variables(of: formula)
    let values = (deployment(with: formula) ?? [:]).filter { relevant.contains($0.key) }.sorted { $0.key < $1.key }
    // That a value is one text says already that it is no other.
    let known = Set(values.filter(\.value).map { equations[$0.key].subject })
    return values.filter { $0.value || !known.contains(equations[$0.key].subject) }
      .map { variable, holds in "\(equations[variable].subject) is \(holds ? "" : "not ")\(equations[variable].text)" }
      .joined(separator: " and ")
  }
}
