import Deployment
import Templates

/// Policies that stand apart from the roles that they are attached to: a role is there before they are.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html
struct RolePolicies {
  private let table: ResourceTable
  /// By role.
  private var policies: [ResourceID: [Need.Provider]] = [:]
  private var rolesByName: [String: [ResourceID]] = [:]

  init(_ table: ResourceTable) {
    self.table = table
    let inline = table.all("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy")
    let attached = table.all("AWS::IAM::RolePolicy")
    guard !inline.isEmpty || !attached.isEmpty else { return }
    for id in table.all("AWS::IAM::Role") {
      for name in table.texts(of: table.properties(of: id)?["RoleName"], in: id.stack) {
        rolesByName[name, default: []].append(id)
      }
    }
    for id in inline {
      for entry in table.elements(of: table.properties(of: id)?["Roles"], in: id.stack) { add(id, entry) }
    }
    for id in attached {
      if let name = table.properties(of: id)?["RoleName"] { add(id, Conditional(name)) }
    }
  }

  var isEmpty: Bool { policies.isEmpty }

  func policies(of role: ResourceID) -> [Need.Provider] { policies[role] ?? [] }

  /// The roles that a value names: by reference, by name, or by an ARN that ends in either.
  func roles(_ node: Node?, in stack: Int) -> [Conditional<ResourceID>] {
    table.values(of: node, in: stack).flatMap { text -> [Conditional<ResourceID>] in
      let name =
        text.value.hasPrefix("arn:") ? text.value.split(separator: "/").last.map(String.init) ?? "" : text.value
      let ids: [ResourceID] =
        if case .resource(let id, _) = table.evaluator.holes.soleHole(in: name) {
          table.group[id].type == "AWS::IAM::Role" ? [id] : []
        } else {
          (rolesByName[name] ?? []).filter { $0.stack == stack }
        }
      return ids.map { Conditional($0, when: text.premises) }
    }
  }

  private mutating func add(_ policy: ResourceID, _ name: Conditional<Node>) {
    for role in roles(name.value, in: policy.stack) {
      policies[role.value, default: []].append(
        table.provider(policy, shownBy: name.value, when: name.premises + role.premises))
    }
  }
}

/// The actions that a policy allows, by the prefixes of their services.
struct AllowedActions {
  /// `nil` where a statement allows what is not known, or anything.
  private let services: Set<String>?

  /// - Parameter policy: a resource with a `PolicyDocument`.
  init(_ policy: ResourceID, _ table: ResourceTable) {
    let document = table.properties(of: policy)?["PolicyDocument"]
    services = document?["Statement"].flatMap { AllowedActions.services(in: $0, policy.stack, table) }
  }

  private static func services(in statements: Node, _ stack: Int, _ table: ResourceTable) -> Set<String>? {
    guard let statements = list(statements, stack, table) else { return nil }
    var services: Set<String> = []
    for statement in statements where !(statement["Effect"]?.isScalar("Deny") ?? false) {
      guard let actions = statement["Action"].flatMap({ list($0, stack, table) }) else { return nil }
      for action in actions {
        guard let text = action.text, let colon = text.firstIndex(of: ":") else { return nil }
        services.insert(text[..<colon].lowercased())
      }
    }
    return services
  }

  /// Whether every action that is allowed belongs to one of some services.
  func areAll(of names: Set<String>) -> Bool { services?.isSubset(of: names) ?? false }

  /// Whether an action may belong to one of some services.
  func mayBe(of names: Set<String>) -> Bool { services.map { !$0.isDisjoint(with: names) } ?? true }

  /// The elements of a list, or what stands in place of one.
  private static func list(_ node: Node, _ stack: Int, _ table: ResourceTable) -> [Node]? {
    if Intrinsic(node) != nil, table.evaluator.branches(of: node, in: stack).contains(where: { $0.value == node }) {
      return nil
    }
    return table.evaluator.branches(of: node, in: stack).flatMap { branch in
      branch.value.kind == .sequence
        ? table.elements(of: branch.value, in: stack).map(\.value) : [branch.value]
    }
  }
}
