/// Why bytes are no document: one sentence, and the byte where reading stopped.
package struct ReadingError: Error, Hashable, Sendable {
  package let message: String
  package let offset: Int

  package init(_ message: String, at offset: Int) {
    self.message = message
    self.offset = offset
  }
}
