/// A branch of an `Fn::If`: what stands in it counts only when the condition holds, or when it does not.
package struct Guard: Hashable, Sendable {
  package let condition: String
  package let holds: Bool

  package init(condition: String, holds: Bool) {
    self.condition = condition
    self.holds = holds
  }

  /// The two branches of an `Fn::If`; none when it is malformed.
  package static func branches(of call: Intrinsic) -> [(node: Node, guarded: Guard)] { branches(of: call.argument) }

  /// The same for the argument of the call.
  static func branches(of argument: Node) -> [(node: Node, guarded: Guard)] {
    let arguments = Array(argument.elements)
    guard arguments.count == 3, let condition = arguments[0].text else { return [] }
    return [
      (arguments[1], Guard(condition: condition, holds: true)),
      (arguments[2], Guard(condition: condition, holds: false)),
    ]
  }
}
