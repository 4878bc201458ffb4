package import Templates

/// A condition of a stack that must hold, or must not, for something to exist or to have a value.
package struct Premise: Hashable, Sendable {
  package let stack: Int
  package let guarded: Guard

  package init(stack: Int, guarded: Guard) {
    self.stack = stack
    self.guarded = guarded
  }
}

/// A value that holds under premises: all of them together.
package struct Conditional<Value: Sendable>: Sendable {
  package let value: Value
  package let premises: [Premise]

  package init(_ value: Value, when premises: [Premise] = []) {
    self.value = value
    self.premises = premises
  }
}

extension Conditional: Equatable where Value: Equatable {}
extension Conditional: Hashable where Value: Hashable {}
