/// Where files may lie, and what they may not be called.
enum Rooms {
  /// What lies at the top.
  static let top: Set<String> = [
    ".ci", ".gitattributes", ".github", ".gitignore", ".pre-commit-hooks.yaml", ".swift-format", "CHANGELOG.md",
    "CONTRIBUTING.md", "LICENSE", "Package.resolved", "Package.swift", "README.md", "SECURITY.md", "Sources", "Tests",
    "ci",
    "docs", "hooks",
  ]

  /// The folders of Tests that are not the tests of one target.
  static let tests: Set<String> = [
    "Support", "Fixtures", "CommandTests", "ArchitectureTests", "AccuracyTests", "Fuzz", "Benchmark",
  ]

  /// Names for anything, which say nothing. When two files need a helper it has become a noun.
  static let refused: Set<String> = [
    "Utilities", "Utility", "Utils", "Util", "Helpers", "Helper", "Extensions", "Common", "Core",
  ]
}

extension House {
  /// Files outside their room, and rooms that no target owns.
  var strayFiles: [String] {
    let targets = Set(Walls.table.map(\.target))
    let sources = targets.union(Walls.cTargets)
    let tests = Rooms.tests.union(targets.map { "\($0)Tests" })
    return paths.filter { path in
      let names = path.split(separator: "/").map(String.init)
      return switch names[0] {
      case "Sources": names.count < 3 || !sources.contains(names[1])
      case "Tests": names.count < 3 || !tests.contains(names[1])
      default: !Rooms.top.contains(names[0])
      }
    }
  }

  /// Folders and files with a name that says nothing.
  var namelessPlaces: [String] {
    paths.filter { path in path.split { "/+.".contains($0) }.contains { Rooms.refused.contains(String($0)) } }
  }
}
