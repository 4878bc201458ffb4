import Diagnostics

/// A diagnostic, and whether the user says that it is no fault.
struct Finding {
  var diagnostic: Diagnostic
  /// Whether a suppression or a rule that is off keeps it from being reported.
  var isSilenced: Bool
  /// Whether the base said so already.
  var isSilencedByBase: Bool
}

/// What becomes of the findings of a run.
struct Tally {
  var reported: [Diagnostic]
  /// How many are silenced that the base would have reported.
  var suppressedByChange: Int
  /// The baseline to write.
  var baseline: Outcome.KnownDiagnostics?
  var details: [String] = []
}

extension Screen {
  /// Leaves out what is silenced and what is known. The findings must have their fingerprints.
  func tally(_ findings: [Finding]) -> Tally {
    let silenced = findings.filter(\.isSilenced)
    let known = findings.filter { !$0.isSilenced && policy.baseline.knows($0.diagnostic) }
    let open = findings.filter { !$0.isSilenced && !policy.baseline.knows($0.diagnostic) }.map(\.diagnostic)
    let byChange = (silenced + known).filter { !$0.isSilencedByBase && !base.baseline.knows($0.diagnostic) }
    var tally = Tally(reported: open, suppressedByChange: 0)
    if case .change = scope { tally.suppressedByChange = byChange.count }
    if !silenced.isEmpty { tally.details.append("\(silenced.count) suppressed") }
    if !known.isEmpty { tally.details.append("\(known.count) in the baseline") }
    if writesBaseline {
      // A run that looks at a part knows nothing of the rest.
      var baseline = Baseline()
      if case .everything = scope {} else { baseline = policy.baseline }
      baseline.add(known.map(\.diagnostic) + open)
      tally.baseline = .init(text: baseline.text, count: baseline.fingerprints.count)
      tally.reported = []
    }
    return tally
  }
}
