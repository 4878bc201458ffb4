import Git

/// What a clone lacks of the two sides of a change, and the command that brings exactly that.
struct MissingBase {
  let repository: Repository

  /// Commits or branches that are missing themselves. Without their history two trees can be compared.
  func error(_ operation: String, lacking names: [String]) -> RunError {
    let fetched = names.compactMap(fetched)
    return error(
      operation, "this clone does not have \(names.map(shown).joined(separator: " and "))",
      fetched.isEmpty ? nil : "git fetch --no-tags --depth=1 origin " + fetched.joined(separator: " "))
  }

  /// What is missing is the history that leads to where two commits parted; with no names, of whatever there is.
  func error(_ operation: String, lackingHistoryOf names: [String], because reason: String) -> RunError {
    let fetched = names.isEmpty ? [quoted("+refs/heads/*:\(Proposal.branch("*"))")] : names.compactMap(fetched)
    let options = repository.isShallow ? ["--no-tags", "--unshallow"] : ["--no-tags"]
    return error(
      operation, reason,
      fetched.isEmpty ? nil : (["git", "fetch"] + options + ["origin"] + fetched).joined(separator: " "))
  }

  /// Whether a remote knows the name, which may also be abbreviated or one of this clone.
  func canBeFetched(_ name: String) -> Bool { fetched(name) != nil }

  /// As people call it.
  func shown(_ name: String) -> String {
    name.hasPrefix("refs/remotes/") ? String(name.dropFirst("refs/remotes/".count)) : name
  }

  private func error(_ operation: String, _ reason: String, _ command: String?) -> RunError {
    var error = RunError(
      operation, reason, hint: command.map { "run `\($0)`" } ?? "name a range: precede check A...B")
    error.lacksBase = true
    return error
  }

  /// As git is to be told: an id, or a branch with the place where it goes. `nil` for what only this clone could name.
  private func fetched(_ name: String) -> String? {
    if ObjectID(hex: name) != nil { return name }
    guard name.hasPrefix(Proposal.branch("")) else { return nil }
    let branch = name.dropFirst(Proposal.branch("").count)
    return quoted("+refs/heads/\(branch):\(name)")
  }

  /// Branches have the names that strangers give them.
  private func quoted(_ refspec: String) -> String {
    SynthCommand(text: "{refspec}").replacing(["refspec": refspec])
  }
}
