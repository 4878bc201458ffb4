import Deployment
import Templates

/// The whole `DependsOn` of a resource with more names in it, as text to paste.
struct DependsOnText {
  let text: String

  init(of id: ResourceID, adding names: [String], in group: TemplateGroup) {
    let template = group.template(of: id)
    let node = group[id].dependsOn
    // Names that stand for nothing are left out.
    let before = node.map { [$0] + $0.elements }?.compactMap(\.text)
      .filter { template[$0] != nil || template.mayHave($0) }
    let list = (before ?? []) + names
    text =
      DependsOnText.isJSON(template)
      ? "\"DependsOn\": [" + list.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
      : "DependsOn: [" + list.joined(separator: ", ") + "]"
  }

  private static func isJSON(_ template: Template) -> Bool {
    template.document.text.bytes.first { $0 > 0x20 && $0 < 0x80 } == UInt8(ascii: "{")
  }
}
