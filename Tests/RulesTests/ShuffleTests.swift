import Support
import Testing

/// CloudFormation reads resources in no order, and so must rules.
@Suite struct ShuffleTests {
  @Test(arguments: Specimen.trees) func theOrderOfResourcesDoesNotCount(tree: Specimen.Tree) throws {
    let expected = try tree.report()
    for seed in 1...3 as ClosedRange<UInt64> {
      let found = try tree.shuffled(seed: seed).report()
      #expect(
        Set(found.findings.map(\.inAnyOrder)) == Set(expected.findings.map(\.inAnyOrder)), "seed \(seed)")
      #expect(found.links == expected.links, "seed \(seed)")
      #expect(Set(found.services.affected) == Set(expected.services.affected), "seed \(seed)")
    }
  }
}

extension Specimen.Tree {
  /// The tree with its resources in another order. Of equal keys only the last one is kept, which is the one that counts.
  fileprivate func shuffled(seed: UInt64) -> Specimen.Tree {
    var generator = SeededGenerator(seed: seed)
    var tree = self
    let entries = root["Resources"]?.entries ?? []
    let last = Dictionary(entries.enumerated().map { ($1.key, $0) }) { $1 }
    let counting = entries.enumerated().filter { last[$1.key] == $0 }.map(\.element)
    tree.root["Resources"] = .mapping(counting.shuffled(using: &generator))
    return tree
  }
}
