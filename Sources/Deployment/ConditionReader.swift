import Templates

/// Turns the conditions of templates into formulas.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
struct ConditionReader {
  typealias Formula = DecisionDiagram.Formula

  var diagram = DecisionDiagram()
  /// What each variable says.
  private(set) var equations: [ConditionSpace.Wording] = []
  private let evaluator: Evaluator
  private var variables: [Equation: Int] = [:]
  /// The conditions of the stack that is being read; those that are open now stand in a circle if met again.
  private var known: [String: Formula] = [:]
  private var open: Set<String> = []
  private var assertions: [Formula] = []

  /// A value that is not known, compared with a text or with another such value; or a function of its own.
  private struct Equation: Hashable {
    let value: String
    let text: String
  }

  /// Conditions that refer to one another; CloudFormation's own limits are far below.
  private static let deepest = 200

  init(_ evaluator: Evaluator) { self.evaluator = evaluator }

  /// The formula of every condition of a stack; what its `Rules` assert is noted for `universe`.
  mutating func conditions(of stack: Int) -> [String: Formula] {
    known = [:]
    let template = evaluator.group.stacks[stack].template
    for name in template.conditions.keys.sorted() { _ = condition(name, stack) }
    for rule in template.rules.values {
      let premise = rule["RuleCondition"].map { formula($0, stack) } ?? .always
      for assertion in rule["Assertions"].map({ Array($0.elements) }) ?? [] {
        guard let node = assertion["Assert"] else { continue }
        let asserted = formula(node, stack)
        assertions.append(diagram.or(diagram.not(premise), asserted))
      }
    }
    return known
  }

  /// What holds whatever is chosen: assertions, and that one value is not two texts at once.
  mutating func universe() -> Formula {
    var universe = assertions.reduce(Formula.always) { diagram.and($0, $1) }
    // What is about the last variables comes first: a formula grows at its top for next to nothing.
    let groups = Dictionary(grouping: variables.sorted { $0.value < $1.value }, by: \.key.value)
      .sorted { $0.value[0].value > $1.value[0].value }
    for (value, equations) in groups {
      let choices = equations.filter { !HoleTable.hasHole($0.key.text) }
      // At most one is true: each is false as soon as one before it is true.
      var none = Formula.always
      var exclusive = Formula.always
      for choice in choices {
        let variable = diagram.variable(choice.value)
        exclusive = diagram.and(exclusive, diagram.or(none, diagram.not(variable)))
        none = diagram.and(none, diagram.not(variable))
      }
      universe = diagram.and(universe, exclusive)
      if let allowed = allowedValues(of: value), allowed.isSubset(of: choices.map(\.key.text)) {
        universe = diagram.and(universe, diagram.not(none))
      }
    }
    return universe
  }

  /// What holds where parameters have their defaults; those without one stay free.
  mutating func defaults() -> Formula {
    variables.sorted { $0.value > $1.value }.reduce(.always) { formula, entry in
      guard case .parameter(let stack, let name) = evaluator.holes.soleHole(in: entry.key.value),
        let value = evaluator.group.stacks[stack].template.parameters[name]?["Default"]?.text,
        !HoleTable.hasHole(entry.key.text)
      else { return formula }
      let variable = diagram.variable(entry.value)
      return diagram.and(formula, value == entry.key.text ? variable : diagram.not(variable))
    }
  }

  private mutating func condition(_ name: String, _ stack: Int) -> Formula {
    if let formula = known[name] { return formula }
    guard let node = evaluator.group.stacks[stack].template.conditions[name], open.count < ConditionReader.deepest,
      open.insert(name).inserted
    else {
      return variable(
        Equation(value: "condition \(name) of stack \(stack)", text: ""),
        .init(subject: "condition \(name)", text: "true"))
    }
    defer { open.remove(name) }
    let formula = formula(node, stack)
    known[name] = formula
    return formula
  }

  private mutating func formula(_ node: Node, _ stack: Int) -> Formula {
    guard let call = Intrinsic(node) else { return own(node, stack) }
    let arguments = Array(call.argument.elements)
    switch call.name {
    case "Condition": return call.argument.text.map { condition($0, stack) } ?? own(node, stack)
    case "And": return arguments.reduce(.always) { diagram.and($0, formula($1, stack)) }
    case "Or": return arguments.reduce(.never) { diagram.or($0, formula($1, stack)) }
    case "Not" where arguments.count == 1: return diagram.not(formula(arguments[0], stack))
    case "Equals" where arguments.count == 2: return equals(arguments[0], arguments[1], stack)
    default: return own(node, stack)
    }
  }

  /// A function that nothing is known of, such as `Fn::Contains`: a variable of its own.
  private mutating func own(_ node: Node, _ stack: Int) -> Formula {
    let template = evaluator.group.stacks[stack].template
    let line = template.location(of: node).range.start.line
    return variable(
      Equation(value: "expression \(stack) \(node.range.lowerBound)", text: ""),
      .init(subject: "the condition in line \(line) of \(template.path)", text: "true"))
  }

  private mutating func equals(_ one: Node, _ other: Node, _ stack: Int) -> Formula {
    var formula = Formula.never
    for (left, premise) in alternatives(one, stack) {
      for (right, otherPremise) in alternatives(other, stack) {
        let equation = equation(left, right)
        formula = diagram.or(formula, diagram.and(diagram.and(premise, otherPremise), equation))
      }
    }
    return formula
  }

  /// The texts of a side, each with when it is that. A mapping is looked up for every value that its keys may have.
  private mutating func alternatives(_ node: Node, _ stack: Int) -> [(text: String, premise: Formula)] {
    if let call = Intrinsic(node), call.name == "FindInMap", let found = lookUp(call, stack) { return found }
    return evaluator.openValues(of: node, in: stack).map { value in
      // `Fn::If` is not allowed in conditions; where it stands all the same, each branch is possible.
      (value.value, Formula.always)
    }
  }

  private mutating func lookUp(_ call: Intrinsic, _ stack: Int) -> [(text: String, premise: Formula)]? {
    let arguments = Array(call.argument.elements)
    guard arguments.count >= 3,
      let map = arguments[0].text.flatMap({ evaluator.group.stacks[stack].template.mappings[$0] })
    else { return nil }
    var levels: [(node: Node, premise: Formula)] = [(map, .always)]
    for key in arguments[1...2] {
      guard let name = evaluator.openValues(of: key, in: stack).first?.value else { return nil }
      var next: [(node: Node, premise: Formula)] = []
      for (node, premise) in levels {
        for (entry, value) in node.entries {
          guard let text = entry.text else { continue }
          let matches = equation(name, text)
          if matches != .never { next.append((value, diagram.and(premise, matches))) }
        }
      }
      levels = next
    }
    return levels.compactMap { level in level.node.text.map { ($0, level.premise) } }
  }

  private mutating func equation(_ left: String, _ right: String) -> Formula {
    if left == right { return .always }
    switch (HoleTable.hasHole(left), HoleTable.hasHole(right)) {
    case (false, false): return .never
    case (true, false): return equation(of: left, with: right)
    case (false, true): return equation(of: right, with: left)
    case (true, true):
      let sides = [left, right].sorted()
      return equation(of: sides[0], with: sides[1])
    }
  }

  private mutating func equation(of value: String, with text: String) -> Formula {
    if let allowed = allowedValues(of: value), !HoleTable.hasHole(text), !allowed.contains(text) { return .never }
    let shown = text.isEmpty ? "empty" : evaluator.display(text)
    return variable(Equation(value: value, text: text), .init(subject: name(of: value), text: shown))
  }

  /// A parameter by its name, other values as in a `Fn::Sub`.
  private func name(of value: String) -> String {
    switch evaluator.holes.soleHole(in: value) {
    case .parameter(_, let name), .pseudoParameter(let name, _): name
    default: evaluator.display(value)
    }
  }

  /// The values that a parameter may have; `nil` when any.
  private func allowedValues(of value: String) -> Set<String>? {
    guard case .parameter(let stack, let name) = evaluator.holes.soleHole(in: value),
      let list = evaluator.group.stacks[stack].template.parameters[name]?["AllowedValues"]
    else { return nil }
    return Set(list.elements.compactMap(\.text))
  }

  private mutating func variable(_ equation: Equation, _ words: ConditionSpace.Wording) -> Formula {
    if let number = variables[equation] { return diagram.variable(number) }
    let number = equations.count
    variables[equation] = number
    equations.append(words)
    return diagram.variable(number)
  }
}
