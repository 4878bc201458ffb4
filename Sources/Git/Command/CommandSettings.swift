extension CommandBackend {
  func flag(_ setting: String) throws(GitError) -> Bool? {
    let found = try git.run(["config", "--type=bool", "--get", setting], to: Setting.operation)
    // See "--get" in git-config(1).
    if found.status == 1 { return nil }
    guard found.status == 0 else { throw GitError(Setting.operation, .configuration(found.complaint)) }
    return found.text == "true"
  }

  func settings(startingWith prefix: String) throws(GitError) -> [Setting] {
    let output = try git.output(of: ["config", "--list", "-z"], to: Setting.operation)
    return output.split(separator: 0).map { line in
      let parts = line.split(separator: UInt8(ascii: "\n"), maxSplits: 1).map { String(decoding: $0, as: UTF8.self) }
      return Setting(name: parts.first ?? "", value: parts.count > 1 ? parts[1] : "")
    }.filter { $0.name.hasPrefix(prefix) }
  }
}
