extension House {
  /// The rules, each by its type and its id, from the names of their files.
  private var rules: [(path: String, type: String, id: String)] {
    let groups: Set<Substring> = ["Order", "ServiceConnect", "Startup", "Template"]
    return paths.compactMap { path in
      let names = path.split(separator: "/")
      guard names.count == 4, names[..<2] == ["Sources", "Rules"], groups.contains(names[2]) else {
        return nil
      }
      let type = names[3].prefix { $0 != "." }
      return (path, String(type), Self.id(of: type))
    }
  }

  /// Rules that are not named once in the one list.
  var unlistedRules: [String] {
    let words = files["Sources/Rules/RuleSet.swift", default: ""].split { !$0.isLetter && !$0.isNumber }
    return rules.filter { rule in words.count { $0 == rule.type } != 1 }.map(\.type)
  }

  /// Rules without a case that they find, or without one in which they must stay silent. A rule that needs an old side
  /// has its cases among the changes, and what no template shows a page of commands for both.
  var untestedRules: [String] {
    rules.flatMap { rule in
      let page = files["Tests/CommandTests/Pages/\(rule.id).script", default: ""]
      if page.contains("[\(rule.id)]\n") { return [String]() }
      if files[rule.path, default: ""].contains("needsOldSide: true") { return untestedChanges(of: rule.id) }
      let folder = "Tests/Fixtures/rules/\(rule.id)/"
      let expected = paths.filter { $0.hasPrefix(folder) && $0.hasSuffix(".out") }.map {
        files[$0, default: ""]
      }
      let found = expected.contains { $0.contains("[\(rule.id)]\n") }
      return (found ? [] : ["\(folder): no case that the rule finds"])
        + (expected.contains("") ? [] : ["\(folder): no case in which it must stay silent"])
    }
  }

  private func untestedChanges(of id: String) -> [String] {
    let changes = paths.filter { $0.hasPrefix("Tests/Fixtures/changes/") && $0.hasSuffix("/expected.out") }
    let said = changes.map { files[$0, default: ""].contains(" \(id): ") }
    return (said.contains(true) ? [] : ["\(id): no change that the rule finds"])
      + (said.contains(false) ? [] : ["\(id): no change in which it must stay silent"])
  }

  /// Cases without an expected text, expected texts without one case, and folders of no rule. A case is a template or a
  /// folder with an assembly.
  var strayCases: [String] {
    let ids = Set(rules.map(\.id))
    return paths.filter { $0.hasPrefix("Tests/Fixtures/rules/") }.compactMap { path in
      let names = path.split(separator: "/")
      let stem = path[..<(path.lastIndex(of: ".") ?? path.endIndex)]
      let assembly = names.prefix(5).joined(separator: "/")
      if names.count == 6, files["\(assembly)/manifest.json"] != nil {
        return files["\(assembly).out"] == nil ? "\(path): has no expected text" : nil
      }
      let inputs = [".yaml", ".json", "/manifest.json"].filter { files["\(stem)\($0)"] != nil }
      if names.count != 5 || !ids.contains(String(names[3])) { return "\(path): lies in no folder of a rule" }
      if files["\(stem).out"] == nil { return "\(path): has no expected text" }
      return inputs.count == 1 ? nil : "\(path): belongs to \(inputs.count) cases"
    }
  }

  /// `ClientBeforeServer` is `client-before-server`.
  private static func id(of type: Substring) -> String {
    type.reduce(into: "") { id, letter in
      if letter.isUppercase, !id.isEmpty { id += "-" }
      id += letter.lowercased()
    }
  }
}
