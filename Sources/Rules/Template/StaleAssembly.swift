import Diagnostics

/// An assembly that was synthesised before the app got as it is now, so that what was checked may not be what will be
/// deployed.
struct StaleAssembly: Rule {
  static let description = RuleDescription(
    id: "stale-assembly", severity: .warning, group: .template,
    summary: "an assembly that is older than the newest source of its CDK app")

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
