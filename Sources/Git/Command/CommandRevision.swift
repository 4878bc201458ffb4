extension CommandBackend {
  func commit(named name: String) throws(GitError) -> ObjectID {
    let operation = "find the revision '\(name)'"
    // No name of git's begins with a dash; git would take it for an option.
    guard !name.isEmpty, !name.hasPrefix("-") else { throw GitError(operation, .malformedRevision(name)) }
    // A search takes all that follows for its text.
    let peeled = name.hasPrefix(":/") ? name : name + "^{commit}"
    let found = try git.run(["rev-parse", "--verify", "--end-of-options", peeled], to: operation)
    // Before 2.30 git printed the option too.
    if found.status == 0, let id = ObjectID(hex: found.text.split(separator: "\n").last ?? "") { return id }
    if found.errors.contains("is ambiguous") { throw GitError(operation, .ambiguousRevision(name)) }
    let kind = try git.run(["cat-file", "-t", name], to: operation)
    if kind.status == 0 { throw GitError(operation, .notACommit(name)) }
    if let id = ObjectID(hex: name), !id.isZero { throw GitError(operation, .missingObject(id, .damage)) }
    throw GitError(operation, .unknownRevision(name, inShallowClone: false))
  }

  func references(startingWith prefix: String) throws(GitError) -> [String] {
    let names = try git.output(of: ["for-each-ref", "--format=%(refname)"], to: "list the references")
    return names.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
      .filter { $0.hasPrefix(prefix) }
  }

  func symbolicTarget(of reference: String) throws(GitError) -> String? {
    let found = try git.run(["symbolic-ref", "--quiet", reference], to: "read \(reference)")
    return found.status == 0 ? found.text : nil
  }

  func replacements() throws(GitError) -> [ObjectID: ObjectID] {
    // git puts them in place by itself.
    [:]
  }
}
