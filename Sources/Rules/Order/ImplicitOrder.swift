import Diagnostics
import Services

/// A client that waits for its server only through `Ref`, `Fn::GetAtt` or `Fn::Sub`: since 2024 CloudFormation may go on
/// before what is reached that way is stable. Whether it does so for ECS services is not known, hence a notice.
///
/// https://aws.amazon.com/about-aws/whats-new/2024/03/aws-cloudformation-40-percent-faster-stack-creation/
struct ImplicitOrder: Rule {
  static let description = RuleDescription(
    id: "implicit-order", severity: .notice, group: .order,
    summary: "a client that waits for its server, but on no path whose last step into the server is DependsOn")

  func check(_ change: Change) -> [Diagnostic] {
    change.pairs.filter { $0.fault == .implicit }.map { pair in
      let notes = PairNotes(pair: pair)
      let path = change.new.order.path(from: pair.client.id, to: pair.server.id)
      let steps = WaitNotes(path: path, template: change.new.group.template(of: pair.client.id)).notes
      return Diagnostic(
        rule: Self.description.id, severity: .notice, .mayGoOn(pair), at: pair.client.location,
        service: pair.client.logicalID, construct: pair.client.constructPath,
        notes: notes.evidence + steps,
        fix: path.count == 1
          ? Fix(summary: "\(Diagnostic.Message.exempt(pair))") : OrderFix(change: change, pair: pair).fix,
        identity: pair.identity)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func mayGoOn(_ pair: Pair) -> Self {
    """
    \(pair.client.logicalID) waits for \(pair.server.logicalID) only by reference: CloudFormation may go on before \
    \(pair.server.logicalID) is stable and \(pair.endpoint.display) is published
    """
  }

  /// A DependsOn beside a direct reference is what cfn-lint calls superfluous.
  fileprivate static func exempt(_ pair: Pair) -> Self {
    """
    nothing to do unless you see it fail; then add `DependsOn: \(pair.server.logicalID)` to \(pair.client.logicalID), and exempt it from \
    cfn-lint's W3005: `Metadata: {cfn-lint: {config: {ignore_checks: [W3005]}}}`
    """
  }
}
