import Deployment
import Diagnostics
import Rules
import Services
import Templates

/// Bytes as a template, up to what every rule says of it: alone, and against itself without its last quarter.
@_cdecl("LLVMFuzzerTestOneInput")
public func run(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let new = model(bytes) else { return 0 }
  let old = model(Array(bytes.prefix(count / 4 * 3)))
  for old in [nil, old] {
    let change = Change(new: new, old: old, affected: Set(new.services.map(\.name)))
    for rule in RuleSet.all { check(rule.check(change), in: new) }
  }
  return 0
}

private func model(_ bytes: [UInt8]) -> ServiceModel? {
  guard let document = try? Document.read(bytes, named: "template.yaml") else { return nil }
  return ServiceModel(TemplateGroup(Template(document, path: "template.yaml")))
}

/// Every place that is shown lies in the text.
private func check(_ diagnostics: [Diagnostic], in model: ServiceModel) {
  let lines = model.group.stacks[0].template.document.text.bytes.count { $0 == UInt8(ascii: "\n") } + 1
  for diagnostic in diagnostics {
    for location in [diagnostic.location] + diagnostic.notes.map(\.location)
    where location.range.end < location.range.start || location.range.end.line > lines {
      fatalError("a place lies outside of the text: \(diagnostic.message)")
    }
  }
}
