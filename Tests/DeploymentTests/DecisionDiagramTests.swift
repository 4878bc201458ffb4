import Deployment
import Support
import Testing

@Suite struct DecisionDiagramTests {
  private indirect enum Expression {
    case variable(Int)
    case not(Expression)
    case and(Expression, Expression)
    case or(Expression, Expression)
  }

  /// A formula is true exactly for the assignments for which its expression is.
  @Test(arguments: 0..<200) func agreesWithTruthTables(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let expression = random(depth: 5, &generator)
    let other = random(depth: 5, &generator)
    var diagram = DecisionDiagram()
    let formula = build(expression, &diagram)
    var isEqual = true
    var isEver = false
    for bits in 0..<16 {
      let values = Dictionary(uniqueKeysWithValues: (0..<4).map { ($0, bits >> $0 & 1 == 1) })
      #expect(diagram.holds(formula, for: values) == value(expression, values))
      isEqual = isEqual && value(expression, values) == value(other, values)
      isEver = isEver || value(expression, values)
    }
    #expect((build(other, &diagram) == formula) == isEqual)
    #expect((formula != .never) == isEver)
    if let assignment = diagram.assignment(for: formula) { #expect(diagram.holds(formula, for: assignment)) }
  }

  @Test func aFormulaThatNeedsTooMuchIsNotDecided() {
    var diagram = DecisionDiagram()
    // The equality of two numbers needs exponentially many nodes when the bits of one come before those of the other.
    var formula = DecisionDiagram.Formula.always
    for bit in 0..<40 {
      let one = diagram.variable(bit)
      let other = diagram.variable(40 + bit)
      formula = diagram.and(formula, diagram.choose(one, other, diagram.not(other)))
    }
    #expect(diagram.isExhausted)
  }

  private func random(depth: Int, _ generator: inout SeededGenerator) -> Expression {
    switch depth == 0 ? 0 : Int.random(in: 0..<4, using: &generator) {
    case 0: .variable(Int.random(in: 0..<4, using: &generator))
    case 1: .not(random(depth: depth - 1, &generator))
    case 2: .and(random(depth: depth - 1, &generator), random(depth: depth - 1, &generator))
    default: .or(random(depth: depth - 1, &generator), random(depth: depth - 1, &generator))
    }
  }

  private func build(_ expression: Expression, _ diagram: inout DecisionDiagram) -> DecisionDiagram.Formula {
    switch expression {
    case .variable(let number): return diagram.variable(number)
    case .not(let inner): return diagram.not(build(inner, &diagram))
    case .and(let one, let other):
      let (left, right) = (build(one, &diagram), build(other, &diagram))
      return diagram.and(left, right)
    case .or(let one, let other):
      let (left, right) = (build(one, &diagram), build(other, &diagram))
      return diagram.or(left, right)
    }
  }

  private func value(_ expression: Expression, _ values: [Int: Bool]) -> Bool {
    switch expression {
    case .variable(let number): values[number] ?? false
    case .not(let inner): !value(inner, values)
    case .and(let one, let other): value(one, values) && value(other, values)
    case .or(let one, let other): value(one, values) || value(other, values)
    }
  }
}
