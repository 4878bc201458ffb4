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
    if stack.isSynthesised { return Fix(summary: "\(Text.construct(pair.client, pair.server))") }
    let list = dependsOn + missing
    return Fix(summary: "\(Text.dependsOn(pair.client, pair.server, list, isJSON: isJSON))")
  }

  /// The servers that the client does not wait for, this one among them: the whole list is pasted once and mends all.
  private var missing: [String] {
    (change.pairsByClient[pair.client.id] ?? []).filter { other in
      other.fault == .unordered && other.canBeOrdered && !other.serverMayBeMissing
        || other.server.id == pair.server.id
    }
    .map(\.server.logicalID)
  }

  /// The condition of the server.
  private var condition: String { change.new.group[pair.server.id].body["Condition"]?.text ?? "" }

  /// What the client's `DependsOn` holds now, without names that stand for nothing.
  private var dependsOn: [String] {
    guard let node = change.new.group[pair.client.id].dependsOn else { return [] }
    let template = change.new.group.template(of: pair.client.id)
    return ([node] + node.elements).compactMap(\.text).filter { template[$0] != nil || template.mayHave($0) }
  }

  private var isJSON: Bool {
    let bytes = change.new.group.template(of: pair.client.id).document.text.bytes
    return bytes.first { $0 > 0x20 && $0 < 0x80 } == UInt8(ascii: "{")
  }
}

private enum Text {
  static func dependsOn(_ client: Service, _ server: Service, _ list: [String], isJSON: Bool) -> Diagnostic.Message {
    let value =
      isJSON
      ? "\"DependsOn\": [" + list.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
      : "DependsOn: [" + list.joined(separator: ", ") + "]"
    return "add \(server.logicalID) to DependsOn of \(client.logicalID): `\(value)`"
  }

  /// Between the two CfnService and never construct-wide: `node.addDependency` also orders the security groups, which
  /// closes a circle with an ingress rule between them.
  static func construct(_ client: Service, _ server: Service) -> Diagnostic.Message {
    """
    let \(client.logicalID) depend on \(server.logicalID) in the app, with your variables for the two services: \
    `(client.node.defaultChild as CfnService).addDependency(server.node.defaultChild as CfnService)`
    """
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
