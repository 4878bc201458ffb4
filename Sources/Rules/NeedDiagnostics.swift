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
    let cdk: AppCode
  }

  func all(_ wording: (UnmetNeed) -> Wording) -> [Diagnostic] {
    change.needs.filter { $0.need.kind == kind }.map { diagnostic($0, wording($0)) }
  }

  private func diagnostic(_ unmet: UnmetNeed, _ wording: Wording) -> Diagnostic {
    let service = unmet.need.service
    let circumstances = unmet.circumstances.isEmpty ? "" : "; nothing orders them where \(unmet.circumstances)"
    let excuse = excuse(of: unmet)
    return Diagnostic(
      rule: description.id, severity: excuse == nil ? description.severity ?? .notice : .notice,
      "\(wording.message)\(circumstances)\(excuse.map { text(of: $0, unmet) } ?? "")",
      at: service.location, service: service.logicalID, construct: service.constructPath,
      notes: [.init(wording.uses, at: unmet.need.evidence)]
        + unmet.missing.map { .init(wording.gives($0), at: $0.location) } + backward(unmet),
      fix: NeedFix(change: change, unmet: unmet, cdk: wording.cdk).fix, identity: unmet.identity)
  }

  /// The excuse of a need, where what it speaks of is made by this deployment, or all is there already.
  private func excuse(of unmet: UnmetNeed) -> Excuse? {
    guard let excuse = unmet.excuse, let resource = excuse.resource, change.old != nil else { return unmet.excuse }
    let isNew = change.former.former(resource) == nil
    return isNew || unmet.missing.allSatisfy { change.former.former($0.id) != nil } ? excuse : nil
  }

  private func text(of excuse: Excuse, _ unmet: UnmetNeed) -> String {
    let service = unmet.need.service.logicalID
    let it = unmet.missing.count == 1 ? "it is" : "they are"
    func name(_ id: ResourceID) -> String { change.new.group[id].logicalID }
    return switch excuse {
    case .isQuick: ""
    case .isPerhapsUnused: ", if they make any that early, which the template does not show"
    case .hasHeadStart(let slow):
      "; \(it) nearly always there first, since \(service) waits for \(name(slow)), which takes longer"
    case .mayBeAwaited(let program):
      "; \(service) waits for \(name(program)), which is given \(unmet.need.subject ?? "") and may wait for the rest itself"
    }
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
