extension House {
  /// Sources that have become more than one noun.
  var longFiles: [String] {
    sources.filter { $0.lines.count > 300 }.map { "\($0.path): \($0.lines.count) lines, more than 300" }
  }

  /// Statements that end the program where it should say what is wrong.
  var trapDoors: [String] {
    sources.flatMap { path, _, lines in
      lines.enumerated().compactMap { number, line in
        let code = line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
        let trap = ["try!", "as!", "fatalError("].first { code.contains($0) }
        return trap.map { "\(path):\(number + 1): \($0)" }
      }
    }
  }

  /// Sources whose first type has no comment that says what it is.
  var silentTypes: [String] {
    sources.compactMap { path, _, lines in
      guard let index = lines.firstIndex(where: Self.declaresType) else { return nil }
      let above = lines[..<index].last { !$0.hasPrefix("@") } ?? ""
      return above.hasPrefix("///") ? nil : "\(path):\(index + 1): no comment says what this is"
    }
  }

  private static func declaresType(_ line: Substring) -> Bool {
    guard let first = line.first, first.isLetter || first == "@" else { return false }
    let modifiers: Set<Substring> = [
      "public", "package", "internal", "fileprivate", "private", "final", "indirect",
    ]
    let word = line.split(separator: " ").first { !$0.hasPrefix("@") && !modifiers.contains($0) }
    return word.map { ["struct", "class", "enum", "protocol", "actor"].contains($0) } ?? false
  }
}
