import Diagnostics
import Git
import Templates

/// Files that only moved, perhaps with changes on the way, so that each is compared with what it was before.
struct Moves {
  /// Old paths by new ones.
  private(set) var oldPaths: [Path: Path] = [:]

  /// The places that files have left for others.
  var left: Set<Path> { Set(oldPaths.values) }

  /// Finds for each file that is gone an added one: with the very same blob, or else the one most like it.
  init(among changes: [ChangedFile], old: any Snapshot, new: any Snapshot) {
    let gone = changes.filter { $0.new == nil && $0.old?.mode.isFile == true }
    let added = changes.filter { $0.old == nil && $0.new?.mode.isFile == true }
    guard !gone.isEmpty, !added.isEmpty else { return }
    pairEqual(gone, added)
    let left = left
    let rest = (
      gone: gone.map { Path(bytes: $0.path) }.filter { !left.contains($0) },
      added: added.map { Path(bytes: $0.path) }.filter { oldPaths[$0] == nil }
    )
    pairSimilar(Self.outlines(of: rest.gone, in: old), Self.outlines(of: rest.added, in: new))
  }

  /// Of several files with the same blob the one of the same name is the one that moved.
  private mutating func pairEqual(_ gone: [ChangedFile], _ added: [ChangedFile]) {
    var places = Dictionary(grouping: gone) { $0.old?.content }.mapValues { $0.map { Path(bytes: $0.path) } }
    for change in added {
      // A file of the work tree has no blob to compare.
      guard let content = change.new?.content, content != .workTreeFile, let same = places[content], !same.isEmpty
      else { continue }
      let path = Path(bytes: change.path)
      let index = same.firstIndex { $0.name == path.name } ?? same.startIndex
      oldPaths[path] = places[content]?.remove(at: index)
    }
  }

  /// The most similar pairs first; of equal ones those of the same name.
  private mutating func pairSimilar(_ gone: [(Path, Outline)], _ added: [(Path, Outline)]) {
    var pairs: [(gone: Path, added: Path, likeness: Double)] = []
    for (old, before) in gone {
      for (new, after) in added {
        let likeness = before.likeness(to: after)
        if likeness >= Self.threshold { pairs.append((old, new, likeness)) }
      }
    }
    pairs.sort { a, b in
      if a.likeness != b.likeness { return a.likeness > b.likeness }
      let (isA, isB) = (a.gone.name == a.added.name, b.gone.name == b.added.name)
      if isA != isB { return isA }
      return a.gone == b.gone ? a.added < b.added : a.gone < b.gone
    }
    var left = left
    for pair in pairs where oldPaths[pair.added] == nil && left.insert(pair.gone).inserted {
      oldPaths[pair.added] = pair.gone
    }
  }

  /// git's own: see "--find-renames" in git-diff(1).
  private static let threshold = 0.5

  /// More files on a side are not compared with each other, and no larger ones: AWS takes no template above 1 MB.
  private static let limits = (files: 50, size: 1 << 20)

  /// Of the files that may be templates. What cannot be read has no outline; whoever needs it will say so.
  private static func outlines(of paths: [Path], in snapshot: any Snapshot) -> [(Path, Outline)] {
    let named = paths.filter(\.hasTemplateName)
    guard named.count <= limits.files else { return [] }
    return named.compactMap { path in
      guard case .bytes(let bytes) = try? snapshot.contents(of: path), bytes.count <= limits.size, !bytes.isEmpty
      else { return nil }
      return (path, Outline(bytes))
    }
  }
}
