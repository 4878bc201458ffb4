/// A resource of a template group: the index of its stack, and its index among that template's resources.
package struct ResourceID: Hashable, Sendable {
  package let stack: Int
  package let index: Int

  package init(stack: Int, index: Int) {
    self.stack = stack
    self.index = index
  }
}

extension ResourceID: Comparable {
  package static func < (a: ResourceID, b: ResourceID) -> Bool { (a.stack, a.index) < (b.stack, b.index) }
}
