import Deployment
import Diagnostics
import Services

/// A circle that a construct-wide dependency of the CDK closes, which the dependency between the two services would
/// not: synthesis passes, and CloudFormation refuses the template.
///
/// https://github.com/aehrc/smart-forms/pull/2069
struct ConstructDependencyCycle: Rule {
  static let description = RuleDescription(
    id: "construct-dependency-cycle", severity: .error, group: .order,
    summary: "a circle that a construct-wide addDependency of the CDK closes")

  func check(_ change: Change) -> [Diagnostic] {
    CircleDiagnostics(change).all { circle in
      guard let cause = circle.construct else { return nil }
      let client = cause.client
      return Diagnostic(
        rule: Self.description.id, severity: .error, .circle(circle.names, cause), at: client.location,
        service: client.logicalID, construct: client.constructPath, notes: circle.notes,
        fix: Fix(summary: "\(Diagnostic.Message.narrow(cause))"), identity: circle.identity)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func circle(_ names: [String], _ cause: ConstructCircle) -> Self {
    """
    CloudFormation will refuse the template: Circular dependency between resources: \
    [\(names.joined(separator: ", "))]; addDependency lets all that belongs to \(cause.clientConstruct) wait for all \
    that belongs to \(cause.server), security groups and their rules included
    """
  }

  private static let order = "(client.node.defaultChild as CfnService)"

  fileprivate static func narrow(_ cause: ConstructCircle) -> Self {
    guard cause.serverService != nil else {
      return """
        drop `client.node.addDependency(server)`: a reference to \(cause.server) orders the two already; where there is \
        none, `\(order).addDependency(server.node.defaultChild as CfnResource)`
        """
    }
    return """
      instead of `client.node.addDependency(server)` order the two services alone, with your variables for them: \
      `\(order).addDependency(server.node.defaultChild as CfnService)`
      """
  }
}

extension ConstructCircle {
  fileprivate var clientConstruct: String {
    client.constructPath?.split(separator: "/").dropLast().joined(separator: "/") ?? client.logicalID
  }
}
