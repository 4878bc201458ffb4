/// Reads through the git command, which reads all that git does. It may fetch what a partial clone has left out, as git
/// always does there; GIT_NO_LAZY_FETCH keeps it from that. Objects are not hashed again, since git has done so when they
/// came in.
final class CommandBackend: Backend {
  let layout: Layout
  let git: GitCommand
  private var objects: ChildProcess?
  private var hashes: ChildProcess?
  var listedIndex: CommandIndex?

  /// `nil` when there is no git command.
  init?(_ layout: Layout, _ environment: HookEnvironment) {
    guard let git = GitCommand(layout, environment) else { return nil }
    self.layout = layout
    self.git = git
  }

  var name: String { git.program }

  func head() throws(GitError) -> ObjectID? {
    let operation = "read HEAD"
    let named = try git.run(["rev-parse", "--verify", "--quiet", "HEAD"], to: operation)
    if named.status == 0, let id = ObjectID(hex: named.text) { return id }
    // Before the first commit HEAD names a branch that is not there; a damaged one git complains about.
    let branch = try git.run(["symbolic-ref", "--quiet", "HEAD"], to: operation)
    guard branch.status == 0 else { throw GitError(operation, .command(branch.complaint)) }
    let found = try git.run(["for-each-ref", branch.text], to: operation)
    guard found.status == 0, found.output.isEmpty, found.errors.isEmpty else {
      throw GitError(operation, .command(found.complaint))
    }
    return nil
  }

  /// One long-lived `git cat-file --batch` answers for all objects.
  func object(_ id: ObjectID, limit: Int) throws(GitError) -> (kind: ObjectKind, content: Blob) {
    let operation = "read object \(id)"
    let child: ChildProcess
    if let objects {
      child = objects
    } else {
      child = try git.start(["cat-file", "--batch"], to: operation)
      objects = child
    }
    guard child.write(Array("\(id)\n".utf8)), let header = child.line() else {
      objects = nil
      throw trouble(id, operation)
    }
    let words = String(decoding: header, as: UTF8.self).split(separator: " ")
    if words.count == 2, words[1] == "missing" { throw trouble(id, operation) }
    let size = words.count == 3 ? Int(words[2]) : nil
    let kept = size.map { $0 <= limit ? $0 : Blob.beginningSize }
    guard let size, let kept, let kind = ObjectKind(rawValue: String(words[1])),
      let bytes = child.bytes(size, keeping: kept), child.bytes(1, keeping: 0) != nil
    else {
      objects = nil
      throw trouble(id, operation)
    }
    return (kind, size <= limit ? .bytes(bytes) : .tooLarge(size: size, beginning: bytes))
  }

  /// A batch calls an object missing that is damaged, and ends when it cannot fetch one. git is asked once more, for what
  /// it says.
  private func trouble(_ id: ObjectID, _ operation: String) -> GitError {
    guard let outcome = try? git.run(["cat-file", "-t", id.description], to: operation), outcome.status != 0 else {
      return GitError(operation, .corruptObject(id, "git cannot read it"))
    }
    if outcome.errors.contains("promisor remote") { return GitError(operation, .missingObject(id, .partialClone)) }
    let damage = outcome.errors.split(separator: "\n").first { $0.hasPrefix("error: ") }
    guard let damage else { return GitError(operation, .missingObject(id, .damage)) }
    return GitError(operation, .corruptObject(id, "git says: \(damage.dropFirst(7))"))
  }

  /// One long-lived `git hash-object --stdin-paths` answers for all files.
  func storedID(of path: [UInt8], in workTree: WorkTree) throws(GitError) -> ObjectID {
    let operation = "read \(path.text)"
    let child: ChildProcess
    if let hashes {
      child = hashes
    } else {
      child = try git.adding(withoutFilters()).start(["hash-object", "--stdin-paths"], to: operation)
      hashes = child
    }
    guard child.write(quoted(path) + [UInt8(ascii: "\n")]), let line = child.line(), let id = ObjectID(hexDigits: line)
    else {
      hashes = nil
      throw GitError(operation, .unreadableFile(path: path, "git cannot read it"))
    }
    return id
  }

  /// Settings that keep git from running the programs of `filter.<name>`: see gitattributes(5).
  private func withoutFilters() throws(GitError) -> [Setting] {
    try settings(startingWith: "filter.").compactMap { setting in
      if setting.name.hasSuffix(".required") { return Setting(name: setting.name, value: "false") }
      let runs = setting.name.hasSuffix(".clean") || setting.name.hasSuffix(".process")
      return runs ? Setting(name: setting.name, value: "") : nil
    }
  }

  /// As git quotes names: see "core.quotePath" in git-config(1).
  private func quoted(_ path: [UInt8]) -> [UInt8] {
    guard path.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) else {
      return path
    }
    let inner = path.flatMap { byte -> [UInt8] in
      let digits = String(byte, radix: 8)
      return Array(("\\" + String(repeating: "0", count: 3 - digits.utf8.count) + digits).utf8)
    }
    return [UInt8(ascii: "\"")] + inner + [UInt8(ascii: "\"")]
  }
}
