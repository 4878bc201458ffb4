import Diagnostics

/// A CDK app that the change touches while its templates were not looked at, since they are not in git. Said, so that a
/// run that could not see the services of an app never looks like one that found them in order.
struct AppNotSynthesised: Rule {
  static let description = RuleDescription(
    id: "app-not-synthesised", severity: .warning, group: .template,
    summary: "a changed CDK app whose templates are not in git and were not checked")

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
