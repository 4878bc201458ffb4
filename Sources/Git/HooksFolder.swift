extension Repository {
  /// The folder in which git looks for hooks, absolute: `core.hooksPath`, else `hooks` beside what all work trees share.
  /// A relative path counts from where hooks run: the top of the work tree, or a bare repository itself; see
  /// git-config(1).
  package func hooksFolder() throws(GitError) -> String {
    guard let named = try path(ofSetting: "core.hookspath"), !named.isEmpty else {
      return layout.commonDirectory + "/hooks"
    }
    return named.hasPrefix("/") ? named : (workTree ?? gitDirectory) + "/" + named
  }
}
