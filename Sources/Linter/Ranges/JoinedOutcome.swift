import Diagnostics

extension Outcome {
  /// What several ranges have together; each diagnostic and connection once. Of no range there is nothing to tell.
  init(joining outcomes: [Outcome]) {
    guard var joined = outcomes.first else {
      report = Report(scope: .init(mode: "none", base: nil, head: "none"), templates: .init(), services: .init())
      details = []
      return
    }
    for outcome in outcomes.dropFirst() {
      joined.report.join(outcome.report)
      joined.details += outcome.details
      joined.appsNotSynthesised += outcome.appsNotSynthesised.filter { !joined.appsNotSynthesised.contains($0) }
      joined.suppressed += outcome.suppressed
      joined.missingBase = joined.missingBase ?? outcome.missingBase
    }
    if outcomes.count > 1 {
      joined.report.scopes = outcomes.map(\.report.scope)
      joined.report.scope.base = nil
      joined.report.scope.reason = nil
    }
    self = joined
  }
}

extension Report {
  fileprivate mutating func join(_ other: Report) {
    scope.head = other.scope.head
    templates.changed += other.templates.changed
    templates.read += other.templates.read
    templates.skipped += other.templates.skipped.filter { !templates.skipped.contains($0) }
    services.total += other.services.total
    services.affected += other.services.affected
    connections += other.connections.filter { !connections.contains($0) }
    let known = Set(diagnostics.map(\.occurrence))
    diagnostics = (diagnostics + other.diagnostics.filter { !known.contains($0.occurrence) }).sorted()
    resolved = Set(resolved + other.resolved).sorted()
    assemblies += other.assemblies.filter { !assemblies.contains($0) }
  }
}

extension Diagnostic {
  /// What makes it the same in several ranges, in each of which it may stand on another line.
  fileprivate var occurrence: [String] { [fingerprint, status.rawValue, severity.rawValue, message.text] }
}
