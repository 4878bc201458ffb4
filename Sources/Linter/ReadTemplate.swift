import Diagnostics
import Templates

/// What there is to tell of a template that has been read, when nobody holds it any more.
struct ReadTemplate {
  let resources: Int
  /// Whether another program seems to write the template from this one, which can be read all the same.
  let isTemplated: Bool
  let hiddenParts: [(start: SourcePosition, name: String)]
  /// Keys that occur twice.
  let duplicateKeys: [(start: SourcePosition, name: String)]

  init(_ template: Template) {
    resources = template.resources.count
    isTemplated = FileSigns(template.document.text.bytes).isTemplated
    hiddenParts = template.hiddenParts.map { (template.location(of: $0.place).range.start, $0.reason.name) }
    duplicateKeys = template.duplicateKeys.map { (template.location(of: $0).range.start, $0.text ?? "") }
  }
}

extension [Path: ReadTemplate] {
  /// A line for each template, then one for each thing that is odd about it.
  var details: [String] {
    let sorted = sorted { $0.key < $1.key }
    let read = sorted.map { path, template in
      "read \(path): \(template.resources) resources\(template.isTemplated ? ", {{ }} taken as text" : "")"
    }
    let hidden = sorted.flatMap { path, template in
      template.hiddenParts.map { "\(path):\($0.start.line):\($0.start.column): \($0.name) hides what it puts in" }
    }
    let duplicate = sorted.flatMap { path, template in
      template.duplicateKeys.map {
        "\(path):\($0.start.line):\($0.start.column): duplicate key \($0.name), the last one counts"
      }
    }
    return read + hidden + duplicate
  }
}
