/// The targets of the program in the order of the street, and what each may import.
enum Walls {
  /// What a target may import of ours and of other packages.
  static let table: [(target: String, imports: Set<String>)] = [
    ("Git", ["CLibgit2", "CGitShim"]),
    ("Diagnostics", []),
    ("Templates", ["Diagnostics", "CLibYAML"]),
    ("Deployment", ["Templates", "Diagnostics", "BitCollections", "DequeModule"]),
    ("Services", ["Deployment", "Templates", "Diagnostics"]),
    ("Rules", ["Services", "Deployment", "Templates", "Diagnostics"]),
    ("Linter", ["Git", "Diagnostics", "Templates", "Deployment", "Services", "Rules", "Subprocess"]),
    ("Reporting", ["Diagnostics"]),
    ("Drawing", ["Services", "Deployment", "Diagnostics"]),
    ("precede", ["Linter", "Reporting", "Drawing", "ArgumentParser"]),
  ]

  /// The targets without Swift: what is C stays behind them.
  static let cTargets: Set<String> = ["CLibgit2", "CLibYAML", "CGitShim"]

  /// The targets that touch a file, a process or JSON, and so may import what comes with the system.
  static let system: Set<String> = ["Git", "Linter", "Reporting", "Drawing", "precede"]

  /// `Foundation` is for where `FoundationEssentials` is no module of its own.
  static let systemModules: Set<String> = [
    "Foundation", "FoundationEssentials", "Darwin", "Glibc", "Musl", "Synchronization",
  ]
}

extension House {
  /// Imports that break through a wall.
  var brokenWalls: [String] {
    let allowed = Dictionary(uniqueKeysWithValues: Walls.table.map { ($0.target, $0.imports) })
    return sources.flatMap { path, target, lines in
      let imports = lines.compactMap(Self.module(importedBy:))
      let known = allowed[target, default: []].union(Walls.system.contains(target) ? Walls.systemModules : [])
      var sentences = imports.filter { !known.contains($0) }.map {
        "\(path): \(target) must not import \($0)"
      }
      if imports.contains("Foundation"), !imports.contains("FoundationEssentials") {
        sentences.append("\(path): import FoundationEssentials where there is one, and Foundation elsewhere")
      }
      return sentences
    }
  }

  /// Where the table in docs/architecture.md says something else than the one above.
  var outdatedWalls: [String] {
    let rows = files["docs/architecture.md", default: ""].split(separator: "\n").compactMap { row in
      let cells = row.split(separator: "|").map { $0.matches(of: #/`(\w+)`/#).map { String($0.1) } }
      return cells.count > 1 && cells[0].count == 1 ? (cells[0][0], Set(cells[1])) : nil
    }
    let documented = Dictionary(rows) { first, _ in first }
    return Walls.table.filter { documented[$0.target] != $0.imports }.map {
      "docs/architecture.md: the row of \($0.target) must name \($0.imports.sorted().joined(separator: ", "))"
    }
  }

  /// The module of an import line, whatever attributes, access level or kind stand in it.
  private static func module(importedBy line: Substring) -> String? {
    var words = line.split { " \t;".contains($0) }[...]
    words = words.drop { $0.hasPrefix("@") || accessLevels.contains($0) }
    guard words.popFirst() == "import" else { return nil }
    words = words.drop { kinds.contains($0) }
    return words.first.map { String($0.prefix { $0 != "." }) }
  }

  private static let accessLevels: Set<Substring> = [
    "public", "package", "internal", "fileprivate", "private",
  ]
  private static let kinds: Set<Substring> = [
    "struct", "class", "enum", "protocol", "func", "let", "var", "typealias",
  ]
}
