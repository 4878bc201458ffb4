import Diagnostics
import Templates

/// Files dealt out to shards. What is judged together stays together: a template and what it nests, the stacks of an
/// assembly, stacks that the configuration orders, and templates whose services are in a namespace of one name. Every
/// shard deals alike, since each looks at the same files.
struct Shares {
  private let paths: [Path]
  /// For each file the shard that it falls to, from 0.
  private let owners: [Int]

  init(_ paths: [Path], among count: Int, new: GroupReader, old: GroupReader?) throws {
    var ties = Ties()
    var sizes: [Int] = []
    for path in paths {
      let sides = [new, old].compactMap(\.self)
      sizes.append(try sides.map { try $0.templates.size(of: path) }.reduce(1, +))
      for reader in sides {
        for tie in try reader.ties(of: path) { ties.tie(.file(path), tie) }
      }
    }
    let bundles = Dictionary(grouping: paths.indices) { ties.knot(of: .file(paths[$0])) }.values
      .map { (files: $0, size: $0.map { sizes[$0] }.reduce(0, +)) }
      .sorted { ($1.size, $0.files[0]) < ($0.size, $1.files[0]) }
    var owners = [Int](repeating: 0, count: paths.count)
    var loads = [Int](repeating: 0, count: count)
    // The largest first, each to whom has least.
    for bundle in bundles {
      guard let owner = loads.indices.min(by: { (loads[$0], $0) < (loads[$1], $1) }) else { continue }
      loads[owner] += bundle.size
      for file in bundle.files { owners[file] = owner }
    }
    self.paths = paths
    self.owners = owners
  }

  /// The files of a shard, in the order of all.
  func files(of shard: Shard) -> [Path] { paths.indices.filter { owners[$0] == shard.number - 1 }.map { paths[$0] } }
}

/// What keeps files together, as a forest: each leads to another one that it is tied to, or to itself.
struct Ties {
  enum Tie: Hashable {
    case file(Path)
    case namespace(String)
    /// Stacks that the configuration orders, by number.
    case joined(Int)
  }

  private var next: [Tie: Tie] = [:]

  mutating func tie(_ one: Tie, _ other: Tie) {
    let knot = knot(of: one)
    let otherKnot = self.knot(of: other)
    if knot != otherKnot { next[knot] = otherKnot }
  }

  /// The same for all that are tied together, directly or not.
  mutating func knot(of tie: Tie) -> Tie {
    var knot = tie
    while let following = next[knot] { knot = following }
    // So that nobody goes a long way twice.
    var passed = tie
    while let following = next[passed], following != knot {
      next[passed] = knot
      passed = following
    }
    return knot
  }
}

extension TemplateStore {
  /// How much there is to read, in bytes; next to nothing of what is no template.
  fileprivate func size(of path: Path) throws -> Int {
    guard case .bytes(let bytes) = try snapshot.contents(of: path) else { return 0 }
    return FileSigns(bytes).hasResources ? bytes.count : bytes.count / 64
  }
}
