/// A command of the user that makes a cloud assembly out of the sources of a CDK app.
package struct Synth: Sendable {
  /// Run by the shell. `{out}` is the folder to write to, `{root}` the top of the original work tree.
  let command: String
  /// Variables that it is to see although they look like secrets.
  let variables: Set<String>

  package init(command: String, variables: [String] = []) {
    self.command = command
    self.variables = Set(variables)
  }

  /// Refuses to run code of a change where whoever wrote it must not run code.
  func refuse(_ environment: [String: String], isBare: Bool) throws {
    let event = environment["GITHUB_EVENT_NAME"] ?? ""
    if ["pull_request_target", "workflow_run"].contains(event) {
      throw RunError(
        "run --synth", "it runs code of the change, and the event \(event) gives that code the repository's secrets",
        hint: "use it in a workflow on pull_request")
    }
    if environment["GIT_QUARANTINE_PATH"] != nil || isBare { throw Synth.refusedOnServer }
  }

  package static let refusedOnServer = RunError(
    "run --synth", "it runs code of the change, which has no place on a server",
    hint: "use it in a hook of the author or in CI")
}
