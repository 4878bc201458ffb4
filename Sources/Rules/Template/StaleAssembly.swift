import Diagnostics

/// An assembly that was synthesised before the app got as it is now, so that what was checked may not be what will be
/// deployed.
struct StaleAssembly: Rule {
  static let description = RuleDescription(
    id: "stale-assembly", severity: .warning, group: .template,
    summary: "an assembly that is older than the newest source of its CDK app", subject: .app)

  func check(_ change: Change) -> [Diagnostic] {
    change.apps.compactMap { app in
      guard case .stale(let assembly, let file) = app.state else { return nil }
      return Diagnostic(
        rule: Self.description.id, severity: .warning, .older(assembly, than: file),
        at: Location(path: app.file, range: .fileStart),
        notes: [.init("changed after the assembly was made", at: Location(path: file, range: .fileStart))],
        fix: Fix(summary: "synthesise the app again, then check"), identity: [app.file.description])
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func older(_ assembly: String, than file: Path) -> Self {
    "the assembly \(assembly) is older than \(file), so what was checked may not be what this CDK app makes now"
  }
}

extension StaleAssembly {
  static let manual = RuleManual(
    finds: """
      A folder given by `--assembly` that is older than the newest tracked source of its CDK app, by the times of the
      files on disk.
      """,
    effect: """
      What was checked may not be what will be deployed: the app was changed after its templates were made. A service
      that the last edit adds, or the order that it takes away, is not in them, and no rule can see it.
      """,
    example: .commands(
      """
      $ precede check --assembly infra/cdk.out
      infra/cdk.json:1:1: warning: the assembly infra/cdk.out is older than infra/lib/app.ts, so what was checked may not be what this CDK app makes now [stale-assembly]
      infra/lib/app.ts:1:1: note: changed after the assembly was made
        fix: synthesise the app again, then check
      """),
    urgency: """
      Only if you deploy without another synthesis, or trust the result for what you are about to commit. `cdk deploy`
      synthesises by itself, and then deploys what was not checked.
      """,
    cost: """
      One `cdk synth`. `--synth` in place of `--assembly` does it when it is needed, and never shows an old one.
      """,
    falseAlarms: """
      Documentation, files that git does not track and files outside the app make an assembly no older. A fresh checkout
      gives all sources the time of the checkout: an assembly that was restored from a cache is then told to be stale
      though it is not; synthesise after the checkout, or leave the rule off there.
      """,
    sources: [])
}
