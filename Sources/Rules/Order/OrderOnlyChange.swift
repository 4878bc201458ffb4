import Deployment
import Diagnostics
import Services

/// A change that gives a deployed client an order and nothing else: CloudFormation makes no update from `DependsOn`
/// alone, so running tasks stay as they are.
///
/// https://github.com/aws/aws-cdk/issues/21496
struct OrderOnlyChange: Rule {
  static let description = RuleDescription(
    id: "order-only-change", severity: .notice, group: .order,
    summary: "only DependsOn of a deployed client changed, which updates nothing", needsOldSide: true)

  func check(_ change: Change) -> [Diagnostic] {
    var seen: Set<ResourceID> = []
    return change.pairs.filter { pair in
      pair.clientUpdate == ServiceUpdate.none && pair.relationBefore == Waits.Relation.none
        && [.explicit, .implicit, .stack].contains(pair.relation) && seen.insert(pair.client.id).inserted
    }
    .map { pair in
      Diagnostic(
        rule: Self.description.id, severity: .notice, .changesNothing(pair), at: pair.client.location,
        service: pair.client.logicalID, construct: pair.client.constructPath, identity: pair.identity)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func changesNothing(_ pair: Pair) -> Self {
    """
    only the order of \(pair.client.logicalID) changed: CloudFormation makes no update from DependsOn alone, so running \
    tasks stay as they are; if they do not resolve \(pair.endpoint.display), deploy \(pair.client.logicalID) again
    """
  }
}
