package import Templates

/// The exports of a group's stacks, by name where the name is written out.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-importvalue.html
package struct ExportTable: Sendable {
  struct Export: Sendable {
    let stack: Int
    let value: Node
  }

  private var exports: [String: Export] = [:]

  init(_ stacks: [Stack]) {
    for (index, stack) in stacks.enumerated() {
      for output in stack.template.outputs.values {
        guard let name = output["Export"]?["Name"].flatMap(ExportTable.name), let value = output["Value"] else {
          continue
        }
        exports[name] = Export(stack: index, value: value)
      }
    }
  }

  subscript(name: String) -> Export? { exports[name] }

  /// The stacks whose exports a template of another stack imports.
  func exporters(importedBy template: Template, of stack: Int) -> Set<Int> {
    guard exports.values.contains(where: { $0.stack != stack }), template.document.mayHold("Fn::ImportValue") else {
      return []
    }
    var stacks: Set<Int> = []
    var open = [template.document.root]
    while let node = open.popLast() {
      if let call = Intrinsic(node), call.name == "ImportValue", let name = ExportTable.name(call.argument),
        let export = exports[name], export.stack != stack
      {
        stacks.insert(export.stack)
      }
      open += node.elements
      open += node.entries.map(\.value)
    }
    return stacks
  }

  /// A name as text: literal, or the text of a `Fn::Sub`, which says the same on both sides when it is spelled the same.
  package static func name(_ node: Node) -> String? {
    if let text = node.text { return text }
    guard let call = Intrinsic(node), call.name == "Sub" else { return nil }
    return call.argument.text
  }
}
