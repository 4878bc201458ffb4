extension Repository {
  /// The files below a folder of the work tree that are neither in the index nor ignored, links included,
  /// with their modes. Other repositories inside are not entered.
  func untrackedFiles(under folder: [UInt8]) throws(GitError) -> [(path: [UInt8], mode: FileMode)] {
    let workTree = try tree(for: "list the work tree")
    var walk = UntrackedWalk(workTree: workTree, index: try index())
    guard let rules = try walk.rules(for: folder, from: try commonIgnoreRules()) else { return [] }
    walk.waiting.append((folder, rules))
    while let (folder, rules) = walk.waiting.popLast() { try walk.enter(folder, rules) }
    return walk.files
  }
}

/// A walk through the folders of a work tree that may hold untracked files.
private struct UntrackedWalk {
  let workTree: WorkTree
  let index: IndexListing
  var files: [(path: [UInt8], mode: FileMode)] = []
  /// Folders to visit, each with the rules of the folders above it; no recursion: depth must not cost stack.
  var waiting: [(path: [UInt8], rules: IgnoreRules)] = []

  init(workTree: WorkTree, index: IndexListing) {
    self.workTree = workTree
    self.index = index
  }

  /// The rules that hold above a folder; `nil` when it is ignored itself, or lies in one that is, or in
  /// another repository.
  func rules(for folder: [UInt8], from common: IgnoreRules) throws(GitError) -> IgnoreRules? {
    var rules = common
    var path: [UInt8] = []
    for name in folder.split(separator: slash) {
      try addRules(of: path, to: &rules)
      path = path.appending(name: Array(name))
      guard isWalked(path, rules) else { return nil }
    }
    return rules
  }

  mutating func enter(_ folder: [UInt8], _ rules: IgnoreRules) throws(GitError) {
    var rules = rules
    try addRules(of: folder, to: &rules)
    for (name, mode) in try workTree.entries(of: folder) where name != Array(".git".utf8) {
      let path = folder.appending(name: name)
      if mode.isFolder {
        if isWalked(path, rules) { waiting.append((path, rules)) }
      } else if mode.isFile || mode == .symbolicLink {
        if !isTracked(path), !rules.ignore(path, isFolder: false) { files.append((path, mode)) }
      }
    }
  }

  private func isWalked(_ folder: [UInt8], _ rules: IgnoreRules) -> Bool {
    if rules.ignore(folder, isFolder: true) { return false }
    if index.entry(at: folder)?.version.mode == .gitlink { return false }
    return !workTree.isRepository(folder)
  }

  private func isTracked(_ path: [UInt8]) -> Bool {
    for stage in 0...3 where index.entry(at: path, stage: stage) != nil { return true }
    return false
  }

  /// git does not follow a link here either.
  private func addRules(of folder: [UInt8], to rules: inout IgnoreRules) throws(GitError) {
    let path = folder.appending(name: Array(".gitignore".utf8))
    guard workTree.mode(of: path)?.isFile == true else { return }
    guard case .bytes(let text) = try workTree.contents(of: path, limit: .max) else { return }
    rules.add(text, of: folder)
  }
}
