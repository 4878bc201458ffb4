import Diagnostics
import Rules
import Services

/// The stage between rules and reports: sets severities and takes out what the user says is no fault. No rule knows of it.
struct Screen {
  /// What counts.
  let policy: Policy
  /// What the base says, to tell what the change itself silences.
  let base: Policy
  let side: Settings.Side
  let scope: Scope
  private let today: CalendarDate
  let writesBaseline: Bool
  /// The suppressions that are about something that was found, whether they count or not.
  private var used: Set<Suppression> = []
  /// Those of them that are about something the user asks for.
  private var wanted: Set<Suppression> = []
  /// Those of templates, whether used or not.
  private var seen: Set<Suppression> = []

  init(_ scope: Scope, policy: Policy = Policy(), base: Policy = Policy(), settings: Settings = Settings()) {
    self.scope = scope
    self.policy = policy
    self.base = base
    side = settings.side
    today = settings.today
    writesBaseline = settings.writesBaseline
  }

  /// How much a run looks at, which tells what is of no use and what a change brings in.
  enum Scope {
    case change
    /// Templates as they are, but not all.
    case templates(PathFilter)
    case everything
  }

  /// The rules to run: those that are on for one of the two, since a rule may be what the change turns off.
  var rules: [any Rule] {
    RuleSet.all.filter { rule in
      let description = type(of: rule).description
      return policy.severities.isOn(description) || base.severities.isOn(description)
    }
  }

  /// The needs that these rules are about.
  var needs: Set<Need.Kind> { RuleSet.needs(askedForBy: rules) }

  /// Looks at what the rules found on the new side of a group.
  ///
  /// - Parameter isWanted: whether a diagnostic is one that the user asks for. Only then is it told that what silenced it
  ///   has expired.
  mutating func findings(
    _ diagnostics: [Diagnostic], in new: ServiceModel, old: ServiceModel?, where isWanted: (Diagnostic) -> Bool
  ) -> [Finding] {
    // Suppressions without diagnostics matter only where everything is looked at.
    if diagnostics.isEmpty, case .change = scope { return [] }
    let inNew = Suppression.all(in: new)
    let inOld = old.map(Suppression.all) ?? []
    let counting = policy.configuration.suppressions + (side == .new ? inNew : inOld)
    seen.formUnion(side == .new ? inNew : inOld)
    let subjects = SubjectTable(new)
    return diagnostics.filter { !isOff($0, policy) || !isOff($0, base) }.map { diagnostic in
      let subject = subjects.subject(of: diagnostic)
      let found = counting.filter { $0.covers(diagnostic, about: subject) }
      used.formUnion(found)
      if isWanted(diagnostic) { wanted.formUnion(found) }
      return Finding(
        diagnostic: screened(diagnostic, found),
        isSilenced: isOff(diagnostic, policy) || found.contains { $0.counts(on: today) },
        isSilencedByBase: isOff(diagnostic, base)
          || (base.configuration.suppressions + inOld).contains {
            $0.counts(on: today) && $0.covers(diagnostic, about: subject)
          })
    }
  }

  /// What the old side had and told, of what the rules found there.
  func told(_ diagnostics: [Diagnostic], in old: ServiceModel) -> [Diagnostic] {
    let suppressions = (policy.configuration.suppressions + base.configuration.suppressions + Suppression.all(in: old))
      .filter { $0.counts(on: today) }
    let subjects = SubjectTable(old)
    return diagnostics.filter { diagnostic in
      let subject = subjects.subject(of: diagnostic)
      return !isOff(diagnostic, policy) && !suppressions.contains { $0.covers(diagnostic, about: subject) }
    }
  }

  /// With its severity, and with a note for each suppression that does not count because of how it is written.
  private func screened(_ diagnostic: Diagnostic, _ suppressions: [Suppression]) -> Diagnostic {
    var diagnostic = diagnostic
    policy.severities.apply(to: &diagnostic)
    diagnostic.notes += suppressions.compactMap { suppression in
      suppression.fault.map { .init(.doesNotCount(because: $0), at: suppression.location) }
    }
    return diagnostic
  }

  private func isOff(_ diagnostic: Diagnostic, _ policy: Policy) -> Bool {
    RuleSet.descriptions.first { $0.id == diagnostic.rule }.map { !policy.severities.isOn($0) } ?? false
  }
}

extension IdleSuppression {
  fileprivate init(_ suppression: Suppression, _ cause: Cause) {
    let holder = suppression.holders?.map(\.logicalID).min()
    self.init(
      location: suppression.location, rule: suppression.rule, client: suppression.client ?? holder,
      server: suppression.server, cause: cause)
  }
}

extension Diagnostic.Message {
  fileprivate static func doesNotCount(because fault: String) -> Self {
    "the suppression here does not count: \(fault)"
  }
}

extension Screen {
  /// What there is to say about the suppressions themselves.
  var diagnostics: [Diagnostic] {
    let expired = wanted.filter { $0.fault == nil && $0.isExpired(on: today) }
    let idle =
      expired.map { IdleSuppression($0, .expired(on: $0.until?.description ?? "")) }
      + unused.map { IdleSuppression($0, $0.fault.map { .faulty($0) } ?? .matchless) }
    guard !idle.isEmpty else { return [] }
    let change = Change(new: .empty, affected: [], idleSuppressions: idle)
    return rules.flatMap { $0.check(change) }.filter { !isOff($0, policy) }.map { screened($0, []) }
  }

  /// What matched nothing although everything was there that it could match.
  private var unused: [Suppression] {
    let candidates: [Suppression] =
      switch scope {
      case .change: []
      case .templates(let filter): seen.filter { filter.contains($0.location.path) }
      case .everything: policy.configuration.suppressions + seen
      }
    return candidates.filter { suppression in
      guard !used.contains(suppression) else { return false }
      // A rule that did not run, or not on two sides, tells nothing; nor does one about apps without a change.
      let rule = RuleSet.descriptions.first { $0.id == suppression.rule }
      return suppression.fault != nil || rule.map(tells) ?? true
    }
  }

  private func tells(_ rule: RuleDescription) -> Bool {
    policy.severities.isOn(rule) && !rule.needsOldSide && rule.subject != .app
  }
}
