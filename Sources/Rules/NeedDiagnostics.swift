import Deployment
import Diagnostics
import Services

/// The diagnostics of a rule about what a service must wait for: one for each need. The rule says what happens, what
/// shows the need and what a CDK app writes; the rest is the same for all of them.
struct NeedDiagnostics {
  let change: Change
  let description: RuleDescription
  let kind: Need.Kind

  init<Asking: NeedRule>(_ change: Change, for rule: Asking) {
    self.change = change
    description = Asking.description
    kind = Asking.kind
  }

  /// The words of a rule for one need.
  struct Wording {
    /// What will happen. Where it happens only under conditions is added.
    let message: Diagnostic.Message
    /// How the service shows that it has the need, at the place that names the subject.
    let uses: Diagnostic.Message
    /// How a resource shows that it gives what is needed.
    let gives: (Need.Provider) -> Diagnostic.Message
    /// The statement of a CDK app.
    let cdk: Diagnostic.Message
  }

  func all(_ wording: (UnmetNeed) -> Wording) -> [Diagnostic] {
    change.needs.filter { $0.need.kind == kind }.map { diagnostic($0, wording($0)) }
  }

  private func diagnostic(_ unmet: UnmetNeed, _ wording: Wording) -> Diagnostic {
    let service = unmet.need.service
    let circumstances = unmet.circumstances.isEmpty ? "" : "; nothing orders them where \(unmet.circumstances)"
    return Diagnostic(
      rule: description.id, severity: unmet.need.isMostlyThere ? .notice : description.severity ?? .notice,
      "\(wording.message)\(circumstances)",
      at: service.location, service: service.logicalID, construct: service.constructPath,
      notes: [.init(wording.uses, at: unmet.need.evidence)]
        + unmet.missing.map { .init(wording.gives($0), at: $0.location) } + backward(unmet),
      fix: NeedFix(change: change, unmet: unmet, cdk: wording.cdk).fix, identity: unmet.identity)
  }

  /// The way by which what is needed waits for the service, where somebody wrote the dependency the wrong way round.
  private func backward(_ unmet: UnmetNeed) -> [Diagnostic.Note] {
    guard let provider = unmet.remedies.first?.provider else { return [] }
    let path = change.new.order.path(from: provider.id, to: unmet.need.service.id)
    return WaitNotes(path: path, template: change.new.group.template(of: unmet.need.service.id)).notes
  }
}

extension UnmetNeed {
  /// The names of what is not awaited, as a part of a sentence, whatever their order in the source.
  var names: String { missing.map(\.name).sorted().listed }
}
