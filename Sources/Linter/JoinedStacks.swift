import Diagnostics

/// Groups that are one because the configuration says in which order their stacks are deployed.
struct JoinedStacks {
  private(set) var groups: [Group] = []
  private var numbers: [GroupReader.Key: Int] = [:]

  /// A stack that nobody nests.
  struct Root: Hashable {
    let template: Path
    /// The name in a cloud assembly.
    var stack: String?
  }

  /// A stack, and the group that it is in by itself.
  struct Member {
    let root: Root
    let key: GroupReader.Key
  }

  /// Groups that are judged together.
  struct Group {
    var keys: [GroupReader.Key] = []
    var order: [(earlier: Root, later: Root)] = []
  }

  init() {}

  /// - Throws: `RunError` where a name means no stack or several.
  init(_ rows: [[Configuration.Placed]], _ names: StackNames) throws {
    for row in try rows.map({ try $0.compactMap(names.member) }) where row.count > 1 {
      var group = Group()
      let touched = Set(row.compactMap { numbers[$0.key] })
      for number in touched.sorted() {
        group.keys += groups[number].keys
        group.order += groups[number].order
        groups[number] = Group()
      }
      for member in row where !group.keys.contains(member.key) { group.keys.append(member.key) }
      group.order += zip(row, row.dropFirst()).map { ($0.root, $1.root) }
      for key in group.keys { numbers[key] = groups.count }
      groups.append(group)
    }
  }

  /// The group that another one is part of: itself where nothing joins it.
  func key(joining key: GroupReader.Key) -> GroupReader.Key { numbers[key].map(GroupReader.Key.joined) ?? key }
}
