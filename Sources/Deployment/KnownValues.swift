import Templates

/// The texts of values that other places name: an export, an output, an argument, an entry of a mapping. Each is found
/// once, since a value that names another one twice, which names a third one twice, doubles the work with every step.
final class KnownValues {
  private var texts: [Key: [Conditional<String>]] = [:]

  struct Key: Hashable {
    let stack: Int
    /// The bytes of the value in the template of the stack.
    let range: Range<Int>
    let parameters: Evaluation.Parameters
  }

  /// - Parameter unknown: what a value is worth that leads back to itself.
  func texts(
    for key: Key, orWhileFinding unknown: Conditional<String>, _ find: () -> [Conditional<String>]
  ) -> [Conditional<String>] {
    if let known = texts[key] { return known }
    texts[key] = [unknown]
    let found = find()
    texts[key] = found
    return found
  }
}
