/// Boolean functions as one shared, reduced and ordered binary decision diagram: equal functions are equal numbers, and
/// "can this be true?" is a comparison. No enumeration of assignments, whose number doubles with each condition.
///
/// Bryant, "Graph-Based Algorithms for Boolean Function Manipulation", IEEE Transactions on Computers C-35 (1986).
package struct DecisionDiagram: Sendable {
  /// A function: the index of its node.
  package struct Formula: Hashable, Sendable {
    fileprivate let index: Int32

    package static let never = Formula(index: 0)
    package static let always = Formula(index: 1)
  }

  /// Nodes that a diagram may have. A template's conditions need some dozens; what needs more is not decided at all.
  package static let mostNodes = 500_000
  /// Variables that count; the depth of the recursion.
  package static let mostVariables = 2500

  private struct Node: Hashable {
    let variable: Int32
    let whenFalse: Int32
    let whenTrue: Int32

    /// Two numbers, of which a hash costs less than of three.
    func hash(into hasher: inout Hasher) {
      hasher.combine(Int64(whenFalse) << 32 | Int64(whenTrue))
      hasher.combine(variable)
    }
  }

  private struct Choice: Hashable {
    let condition: Int32
    let yes: Int32
    let no: Int32

    func hash(into hasher: inout Hasher) {
      hasher.combine(Int64(condition) << 32 | Int64(yes))
      hasher.combine(no)
    }
  }

  /// The first two stand for `never` and `always`.
  private var nodes = [Node](repeating: Node(variable: .max, whenFalse: 0, whenTrue: 0), count: 2)
  private var indices: [Node: Int32] = [:]
  private var results: [Choice: Int32] = [:]
  /// Whether the bound was hit, so that formulas made since then mean nothing.
  package private(set) var isExhausted = false

  package init() {}

  /// The function that is true when the variable is. Variables are ordered by number.
  package mutating func variable(_ number: Int) -> Formula {
    guard number < DecisionDiagram.mostVariables else {
      isExhausted = true
      return .never
    }
    return Formula(index: node(Node(variable: Int32(number), whenFalse: 0, whenTrue: 1)))
  }

  package mutating func not(_ formula: Formula) -> Formula { choose(formula, .never, .always) }

  package mutating func and(_ one: Formula, _ other: Formula) -> Formula { choose(one, other, .never) }

  package mutating func or(_ one: Formula, _ other: Formula) -> Formula { choose(one, .always, other) }

  /// `yes` where the condition holds, else `no`.
  package mutating func choose(_ condition: Formula, _ yes: Formula, _ no: Formula) -> Formula {
    Formula(index: choose(condition.index, yes.index, no.index))
  }

  /// Values of variables that make a formula true; variables that do not matter are left out. `nil` for `never`.
  package func assignment(for formula: Formula) -> [Int: Bool]? {
    guard formula != .never else { return nil }
    var values: [Int: Bool] = [:]
    var index = formula.index
    while index > 1 {
      let node = nodes[Int(index)]
      let value = node.whenFalse == 0
      values[Int(node.variable)] = value
      index = value ? node.whenTrue : node.whenFalse
    }
    return values
  }

  /// The variables that a formula depends on.
  package func variables(of formula: Formula) -> Set<Int> {
    var found: Set<Int> = []
    var seen: Set<Int32> = []
    var open = [formula.index]
    while let index = open.popLast() {
      guard index > 1, seen.insert(index).inserted else { continue }
      let node = nodes[Int(index)]
      found.insert(Int(node.variable))
      open += [node.whenFalse, node.whenTrue]
    }
    return found
  }

  /// Whether a formula is true for an assignment, in which a variable that is left out is false.
  package func holds(_ formula: Formula, for assignment: [Int: Bool]) -> Bool {
    var index = formula.index
    while index > 1 {
      let node = nodes[Int(index)]
      index = assignment[Int(node.variable)] ?? false ? node.whenTrue : node.whenFalse
    }
    return index == 1
  }

  private mutating func choose(_ condition: Int32, _ yes: Int32, _ no: Int32) -> Int32 {
    if condition == 1 || yes == no { return yes }
    if condition == 0 { return no }
    if yes == 1, no == 0 { return condition }
    let choice = Choice(condition: condition, yes: yes, no: no)
    if let known = results[choice] { return known }
    guard !isExhausted else { return 0 }
    // As deep as there are variables, each of which is an equation that the template spells out.
    let variable = min(nodes[Int(condition)].variable, nodes[Int(yes)].variable, nodes[Int(no)].variable)
    let whenTrue = choose(
      branch(condition, variable, true), branch(yes, variable, true), branch(no, variable, true))
    let whenFalse = choose(
      branch(condition, variable, false), branch(yes, variable, false), branch(no, variable, false))
    let result = node(Node(variable: variable, whenFalse: whenFalse, whenTrue: whenTrue))
    results[choice] = result
    return result
  }

  private func branch(_ index: Int32, _ variable: Int32, _ value: Bool) -> Int32 {
    let node = nodes[Int(index)]
    guard node.variable == variable else { return index }
    return value ? node.whenTrue : node.whenFalse
  }

  private mutating func node(_ node: Node) -> Int32 {
    if node.whenTrue == node.whenFalse { return node.whenTrue }
    if let known = indices[node] { return known }
    guard nodes.count < DecisionDiagram.mostNodes else {
      isExhausted = true
      return 0
    }
    let index = Int32(nodes.count)
    nodes.append(node)
    indices[node] = index
    return index
  }
}
