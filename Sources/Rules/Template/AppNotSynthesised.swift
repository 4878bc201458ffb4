import Diagnostics

/// A CDK app that the change touches while its templates were not looked at, since they are not in git. Said, so that a
/// run that could not see the services of an app never looks like one that found them in order.
struct AppNotSynthesised: Rule {
  static let description = RuleDescription(
    id: "app-not-synthesised", severity: .warning, group: .template,
    summary: "a changed CDK app whose templates are not in git and were not checked", subject: .app)

  func check(_ change: Change) -> [Diagnostic] {
    change.apps.compactMap { app in
      guard case .notSynthesised(let file, let output) = app.state else { return nil }
      let note = file == app.file ? [] : [Diagnostic.Note("changed here", at: Location(path: file, range: .fileStart))]
      return Diagnostic(
        rule: Self.description.id, severity: .warning, .notChecked(output),
        at: Location(path: app.file, range: .fileStart), notes: note, fix: Fix(summary: remedy),
        identity: [app.file.description])
    }
  }
}

private let remedy = "let precede make them: `--synth 'npx cdk synth --output {out}'`"

extension Diagnostic.Message {
  fileprivate static func notChecked(_ output: Path) -> Self {
    "this CDK app changed, but its templates were not checked: \(output) is not in git"
  }
}

extension AppNotSynthesised {
  static let manual = RuleManual(
    finds: """
      A changed file below a folder with a `cdk.json`, while the templates that the app makes are not tracked in git and
      were not given by `--assembly` or made by `--synth`. Documentation, installed packages and what only tools read
      (names that begin with a dot) do not count as the app.
      """,
    effect: """
      The services of the app were not looked at: the change shows its source, not the templates that will be deployed.
      `cdk init` puts `cdk.out` on the list of ignored files, so this is so in nearly every CDK repository. Without the
      warning such a run would look like one that found all in order.
      """,
    example: .commands(
      """
      $ precede check
      infra/cdk.json:1:1: warning: this CDK app changed, but its templates were not checked: infra/cdk.out is not in git [app-not-synthesised]
      infra/lib/blog:1:1: note: changed here
        fix: let precede make them: `--synth 'npx cdk synth --output {out}'`
      """),
    urgency: """
      It says nothing about the deployment. With `--require-templates` it ends the run with exit status 2, for pipelines
      in which an unchecked app must not pass.
      """,
    cost: """
      `--synth` runs the app for both sides of the change, in throw-away checkouts, and keeps what it made by tree id, so
      that a side is synthesised once. Where a step of the pipeline synthesises already, give its folder:
      `--assembly cdk.out`.
      """,
    falseAlarms: """
      An app whose output is tracked was looked at there. A change that cannot change a template, such as one of the app's
      own tests, brings the warning all the same, since nobody can tell without running the app.
      """,
    sources: [
      "https://github.com/aws-samples/aws-virtual-participant-framework-for-rtc/issues/32"
    ])
}
