import Deployment
import Diagnostics
import Services
import Templates

/// The fix of an order fault: the dependency from client to server, as text to paste where the author writes it.
struct OrderFix {
  let change: Change
  let pair: Pair

  /// The template's `DependsOn` with the server added, or the CDK statement for a synthesised template; between stacks
  /// the order of the stacks.
  var fix: Fix {
    if pair.client.id.stack != pair.server.id.stack { return StackPair(pair, change.new.group).fix }
    guard pair.canBeOrdered else { return Fix(summary: "\(Text.closesCircle(pair.client, pair.server))") }
    if pair.serverMayBeMissing { return Fix(summary: "\(Text.conditional(pair.client, pair.server, condition))") }
    let stack = change.new.group.stacks[pair.client.id.stack]
    if stack.isSynthesised { return Fix(Text.construct(pair.client, pair.server)) }
    let list = change.suggested.dependsOn(of: pair.client.id, with: pair.server.id)
    let edit = DependsOnEdit(adding: [pair.server.id], to: pair.client.id, in: change.new.group)
    return Fix(Text.dependsOn(pair.client, pair.server, list), by: edit)
  }

  /// The condition of the server.
  private var condition: String { change.new.group[pair.server.id].body["Condition"]?.text ?? "" }
}

private enum Text {
  static func dependsOn(_ client: Service, _ server: Service, _ list: DependsOnList) -> Diagnostic.Message {
    "add \(server.logicalID) to DependsOn of \(client.logicalID): `\(list.text)`"
  }

  /// Between the two CfnService and never construct-wide: `node.addDependency` also orders the security groups, which
  /// closes a circle with an ingress rule between them.
  static func construct(_ client: Service, _ server: Service) -> Fix.Statement {
    Fix.Statement(
      "let \(client.logicalID) depend on \(server.logicalID) in the app", "with your variables for the two services",
      "(client.node.defaultChild as CfnService).addDependency(server.node.defaultChild as CfnService)",
      waitingFor: server.location)
  }

  /// https://cloudonaut.io/optional-dependson-with-cloudformation-metadata-to-the-rescue
  static func conditional(_ client: Service, _ server: Service, _ condition: String) -> Diagnostic.Message {
    """
    give \(client.logicalID) the condition \(condition) of \(server.logicalID), or let it wait only where \
    \(server.logicalID) exists: `Metadata: {WaitFor: !If [\(condition), !Ref \(server.logicalID), !Ref AWS::NoValue]}` \
    (DependsOn must not name what may not exist)
    """
  }

  static func closesCircle(_ client: Service, _ server: Service) -> Diagnostic.Message {
    """
    a dependency of \(client.logicalID) on \(server.logicalID) would close a circle with the others that are missing: \
    decide which service of the circle can start first
    """
  }
}
