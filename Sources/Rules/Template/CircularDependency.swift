import Deployment
import Diagnostics
import Services

/// Resources that wait for each other. CloudFormation refuses the template before anything runs.
///
/// https://aws.amazon.com/blogs/infrastructure-and-automation/handling-circular-dependency-errors-in-aws-cloudformation/
struct CircularDependency: Rule {
  static let description = RuleDescription(
    id: "circular-dependency", severity: .error, group: .template, summary: "resources that wait for each other")

  func check(_ change: Change) -> [Diagnostic] {
    CircleDiagnostics(change).all { circle in
      guard circle.construct == nil else { return nil }
      let holder = Holder(circle.first, in: change)
      return Diagnostic(
        rule: Self.description.id, severity: .error, .circle(circle.names), at: holder.location,
        service: holder.service, construct: holder.construct, notes: circle.notes,
        identity: circle.identity)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func circle(_ names: [String]) -> Self {
    """
    CloudFormation will refuse the template: Circular dependency between resources: \
    [\(names.joined(separator: ", "))]
    """
  }
}
