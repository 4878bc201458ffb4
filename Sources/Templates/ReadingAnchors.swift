extension YAMLReader {
  /// The anchors of a document. A name that is given again counts for what comes after.
  struct Anchors {
    /// What an anchor names, with its size for the limits.
    struct Target {
      /// `nil` as long as the node is open.
      var entry: Int32?
      /// Its nodes, aliases in it counted as what they stand for.
      var size = 0
      /// Its levels; 0 for a scalar.
      var height = 0
    }

    private var targets: [Target] = []
    private var indexes: [String: Int] = [:]

    subscript(name: String) -> Target? { indexes[name].map { targets[$0] } }

    /// Notes the name of a node that begins; the answer is what `close` takes when it ends.
    mutating func open(_ name: String) -> Int {
      indexes[name] = targets.count
      targets.append(Target())
      return targets.count - 1
    }

    mutating func close(_ anchor: Int?, as entry: Int32, size: Int, height: Int) {
      if let anchor { targets[anchor] = Target(entry: entry, size: size, height: height) }
    }
  }
}
