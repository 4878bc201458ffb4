extension CommandBackend {
  /// Lets git find the repository. The owner has been asked for before; git is told so, since it may know fewer forms of
  /// `safe.directory`.
  ///
  /// - Returns: `nil` when there is no git command, or it cannot read the repository either.
  convenience init?(openedFrom directory: String, _ environment: HookEnvironment) {
    guard let layout = Self.layout(from: directory, environment) else { return nil }
    self.init(layout, environment)
  }

  private static func layout(from directory: String, _ environment: HookEnvironment) -> Layout? {
    guard let git = GitCommand(in: directory, environment)?.adding([Setting(name: "safe.directory", value: "*")]) else {
      return nil
    }
    func answer(_ arguments: String...) -> String? {
      guard let outcome = try? git.run(["rev-parse"] + arguments, to: "open the repository") else { return nil }
      return outcome.status == 0 && !outcome.output.isEmpty ? outcome.text.withoutEndingSlash : nil
    }
    guard let gitDirectory = answer("--absolute-git-dir"), let common = answer("--git-common-dir") else { return nil }
    let workTree = answer("--show-toplevel")
    return Layout(
      gitDirectory: gitDirectory, commonDirectory: common.absolute(from: directory), workTree: workTree,
      indexFile: environment.indexFile?.absolute(from: workTree ?? directory),
      shallowFile: environment.shallowFile)
  }
}
