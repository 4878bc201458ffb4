import Deployment
import Templates

/// The exports of a stack, as far as their names are written out, each with a text that is the same as long as the
/// export has the same value.
struct StackExports {
  struct Export {
    /// The logical ID of the output.
    let key: Node
    let value: String
  }

  /// By name.
  private var exports: [String: Export] = [:]

  init(_ stack: Stack) {
    guard let outputs = stack.template.document.root["Outputs"] else { return }
    for (key, output) in outputs.entries {
      guard let name = output["Export"]?["Name"].flatMap(ExportTable.name), let value = output["Value"] else {
        continue
      }
      exports[name] = Export(key: key, value: StackExports.spelling(value))
    }
  }

  subscript(name: String) -> Export? { exports[name] }

  /// Sorted by name.
  var all: [(name: String, export: Export)] { exports.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }

  /// The places where a template imports something, by the name of the export.
  static func imports(of template: Template) -> [String: Range<Int>] {
    var imports: [String: Range<Int>] = [:]
    var open = [template.document.root]
    while let node = open.popLast() {
      if let call = Intrinsic(node), call.name == "ImportValue", let name = ExportTable.name(call.argument) {
        let isFirst = imports[name].map { call.range.lowerBound < $0.lowerBound } ?? true
        if isFirst { imports[name] = call.range }
      }
      open += node.elements
      open += node.entries.map(\.value)
    }
    return imports
  }

  /// A `Ref` and a `Fn::GetAtt` as a `Fn::Sub` spells them.
  private static func spelling(_ node: Node) -> String {
    if let text = node.text { return text }
    if let call = Intrinsic(node) {
      if call.name == "Ref", let name = call.argument.text { return "${\(name)}" }
      if call.name == "Sub", let text = call.argument.text { return text }
      if call.name == "GetAtt", let (name, attribute) = Reference.attribute(named: call.argument) {
        return "${\(name).\(attribute)}"
      }
    }
    let parts = node.elements.map(spelling) + node.entries.map { "\($0.text ?? ""): \(spelling($1))" }
    return "[" + parts.joined(separator: ", ") + "]"
  }
}
