package import Diagnostics

/// What a run gives back: the report, and how it came about.
package struct Outcome: Sendable {
  package var report: Report
  /// What was opened, read and left out, a line each, for those who ask why.
  package var details: [String]
  /// The `cdk.json` of CDK apps that changed and whose templates were not looked at.
  package var appsNotSynthesised: [Path] = []
  /// How many diagnostics the change itself silences: by suppressions, by turning a rule off, by adding to the baseline.
  package var suppressed = 0
  /// Whether the configuration names a file of known diagnostics.
  package var configuresBaseline = false
  /// The baseline to write, where one is wanted.
  package var baseline: KnownDiagnostics?
  /// What a hook or a CI led to, a sentence each.
  package var occasions: [String] = []
  /// Why everything was looked at in place of a change.
  package var missingBase: RunError?
  /// The templates, by the keys of diagnostics, that these were found in together.
  var sources: [[String]: Set<Path>] = [:]

  /// What a run makes known.
  package struct KnownDiagnostics: Sendable {
    package let text: String
    package let count: Int
  }
}
