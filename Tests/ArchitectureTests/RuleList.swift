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

  /// Rules with fewer than two cases that they find, or fewer than two in which they must stay silent, or none that
  /// they find in JSON, which is what the CDK writes. A rule that needs an old side has its cases among the changes, and
  /// what no template shows a page of commands for both.
  var untestedRules: [String] {
    rules.flatMap { rule in
      let cases =
        files[rule.path, default: ""].contains("needsOldSide: true") ? changes(of: rule.id) : templates(of: rule.id)
      let page = files["Tests/CommandTests/Pages/\(rule.id).script", default: ""]
      if cases.isEmpty, page.contains("[\(rule.id)]\n") { return [String]() }
      let found = cases.filter(\.isFound)
      let silent = cases.count { $0.isSilent }
      return (found.count > 1 ? [] : ["\(rule.id): \(found.count) cases that the rule finds"])
        + (found.contains(where: \.isJSON) ? [] : ["\(rule.id): no case in JSON that the rule finds"])
        + (silent > 1 ? [] : ["\(rule.id): \(silent) cases in which it must stay silent"])
    }
  }

  /// What a case says of a rule.
  private struct RuleCase {
    let isFound: Bool
    let isSilent: Bool
    let isJSON: Bool
  }

  private func templates(of id: String) -> [RuleCase] {
    let folder = "Tests/Fixtures/rules/\(id)/"
    return paths.filter { $0.hasPrefix(folder) && $0.hasSuffix(".out") }.map { path in
      let stem = path.dropLast(".out".count)
      let text = files[path, default: ""]
      return RuleCase(
        isFound: text.contains("[\(id)]\n"), isSilent: text.isEmpty,
        isJSON: files["\(stem).json"] != nil || files["\(stem)/manifest.json"] != nil)
    }
  }

  /// Every change is a case of every rule that needs an old side.
  private func changes(of id: String) -> [RuleCase] {
    paths.filter { $0.hasPrefix("Tests/Fixtures/changes/") && $0.hasSuffix("/expected.out") }.map { path in
      let isFound = files[path, default: ""].contains(" \(id): ")
      let folder = path.dropLast("expected.out".count)
      return RuleCase(
        isFound: isFound, isSilent: !isFound,
        isJSON: files["\(folder)new/manifest.json"] != nil || files["\(folder)old/manifest.json"] != nil)
    }
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
