import Deployment
import Diagnostics
import Templates

/// The fix of a resource that must wait for another one of its stack and does not, as text to paste where the author
/// writes it.
struct WaitFix {
  let from: ResourceID
  let to: ResourceID
  let change: Change

  init(from: ResourceID, to: ResourceID, _ change: Change) {
    self.from = from
    self.to = to
    self.change = change
  }

  /// The template's `DependsOn` with the name added, or the CDK statement for a synthesised template.
  var fix: Fix {
    let group = change.new.group
    let names = (from: group[from].logicalID, to: group[to].logicalID)
    guard change.new.order.closingCircles([(from: from, to: to)]).isEmpty else {
      return Fix(summary: "\(Text.closesCircle(names.from, names.to))")
    }
    var conditions = change.new.order.conditions
    if conditions.mayExist(from, without: to) {
      let condition = group[to].body["Condition"]?.text ?? ""
      let isJSON = group.template(of: from).document.text.isJSON
      return Fix(summary: "\(Text.conditional(names.from, names.to, condition, isJSON: isJSON))")
    }
    if group.stacks[from.stack].isSynthesised {
      return Fix(Text.construct(names.from, names.to, at: group.location(of: to)))
    }
    let list = change.suggested.dependsOn(of: from, with: to)
    return Fix(Text.dependsOn(names.from, names.to, list), by: DependsOnEdit(adding: [to], to: from, in: group))
  }
}

private enum Text {
  static func dependsOn(_ from: String, _ to: String, _ list: DependsOnList) -> Diagnostic.Message {
    "add \(to) to DependsOn of \(from): `\(list.text)`"
  }

  /// Between the two resources and never construct-wide, which closes circles.
  static func construct(_ from: String, _ to: String, at place: Location) -> Fix.Statement {
    Fix.Statement(
      "let \(from) depend on \(to) in the app", "with your variables for the two constructs",
      "(from.node.defaultChild as CfnResource).addDependency(to.node.defaultChild as CfnResource)", waitingFor: place)
  }

  /// https://cloudonaut.io/optional-dependson-with-cloudformation-metadata-to-the-rescue
  static func conditional(_ from: String, _ to: String, _ condition: String, isJSON: Bool) -> Diagnostic.Message {
    let text =
      isJSON
      ? """
      "Metadata": {"WaitFor": {"Fn::If": ["\(condition)", {"Ref": "\(to)"}, {"Ref": "AWS::NoValue"}]}}
      """
      : "Metadata: {WaitFor: !If [\(condition), !Ref \(to), !Ref AWS::NoValue]}"
    return """
      give \(from) the condition \(condition) of \(to), or let it wait only where \(to) exists: `\(text)` (DependsOn must \
      not name what may not exist)
      """
  }

  static func closesCircle(_ from: String, _ to: String) -> Diagnostic.Message {
    "a dependency of \(from) on \(to) would close a circle: \(to) waits for \(from); take that dependency away first"
  }
}
