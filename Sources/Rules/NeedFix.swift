import Deployment
import Diagnostics
import Services

/// The fix of a need that a service does not wait for: the dependency on what gives it, as text to paste where the author
/// writes it.
struct NeedFix {
  let change: Change
  let unmet: UnmetNeed
  /// The statement of a CDK app.
  let cdk: AppCode

  private var service: Service { unmet.need.service }

  var fix: Fix {
    let possible = unmet.remedies.filter { change.suggested.canWait(service.id, for: $0.provider.id) }
    guard !possible.isEmpty else { return Fix(summary: "\(closesCircle)") }
    if change.new.group.stacks[service.id.stack].isSynthesised {
      return Fix(Text.construct(service, possible.map(\.provider), cdk))
    }
    let certain = possible.filter { $0.condition == nil }.map(\.provider)
    let conditional = possible.filter { $0.condition != nil }
    var parts: [String] = []
    if !certain.isEmpty {
      let list = change.suggested.dependsOn(of: service.id)
      parts.append("\(Text.dependsOn(service, certain.map(\.name), list))")
    }
    if !conditional.isEmpty {
      let isJSON = change.new.group.template(of: service.id).document.text.isJSON
      parts.append("\(Text.conditional(service, conditional, isJSON: isJSON))")
    }
    guard certain.count == unmet.remedies.count else { return Fix(summary: parts.joined(separator: "; ")) }
    let edit = DependsOnEdit(adding: certain.map(\.id), to: service.id, in: change.new.group)
    return Fix("\(parts.joined(separator: "; "))", by: edit)
  }

  private var closesCircle: Diagnostic.Message {
    let provider = unmet.remedies[0].provider
    guard let step = change.new.order.path(from: provider.id, to: service.id).first else {
      return Text.closesCircle(service, provider.name)
    }
    let list = change.suggested.dependsOn(of: service.id, with: provider.id)
    return Text.reversed(service, provider.name, by: step, list)
  }
}

private enum Text {
  static func dependsOn(_ service: Service, _ names: [String], _ list: DependsOnList) -> Diagnostic.Message {
    "add \(names.listed) to DependsOn of \(service.logicalID): `\(list.text)`"
  }

  /// https://cloudonaut.io/optional-dependson-with-cloudformation-metadata-to-the-rescue
  static func conditional(
    _ service: Service, _ remedies: [UnmetNeed.Remedy], isJSON: Bool
  ) -> Diagnostic.Message {
    let names = remedies.map(\.provider.name)
    let calls = remedies.map { remedy in
      let condition = remedy.condition ?? ""
      return isJSON
        ? """
        {"Fn::If": ["\(condition)", {"Ref": "\(remedy.provider.name)"}, {"Ref": "AWS::NoValue"}]}
        """
        : "!If [\(condition), !Ref \(remedy.provider.name), !Ref AWS::NoValue]"
    }
    let list = calls.joined(separator: ", ")
    let text = isJSON ? "\"Metadata\": {\"WaitFor\": [\(list)]}" : "Metadata: {WaitFor: [\(list)]}"
    return """
      let \(service.logicalID) wait for \(names.listed) only where \(names.count == 1 ? "it exists" : "they exist"): \
      `\(text)` (DependsOn must not name what may not exist)
      """
  }

  static func construct(_ service: Service, _ providers: [Need.Provider], _ cdk: AppCode) -> Fix.Statement {
    Fix.Statement(
      "let \(service.logicalID) depend on \(providers.map(\.name).listed) in the app", "with your variables", cdk,
      waitingFor: providers[0].location)
  }

  static func reversed(
    _ service: Service, _ provider: String, by step: Dependency, _ list: DependsOnList
  ) -> Diagnostic.Message {
    """
    \(provider) waits for \(service.logicalID) by \(step.kind.function): take that away, then add \(provider) to DependsOn of \
    \(service.logicalID): `\(list.text)`
    """
  }

  static func closesCircle(_ service: Service, _ provider: String) -> Diagnostic.Message {
    """
    a dependency of \(service.logicalID) on \(provider) would close a circle with the others that are missing: decide \
    which of them to give up
    """
  }
}

extension [String] {
  /// The names as a part of a sentence: "A", "A and B", "A, B and C".
  var listed: String {
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " and \(last)"
  }
}
