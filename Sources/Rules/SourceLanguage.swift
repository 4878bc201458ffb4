import Deployment
import Templates

/// What the author writes, so that a fix can be pasted there.
enum SourceLanguage {
  case yaml
  case json
  /// Constructs of an app that the template is synthesised from.
  case app

  init(_ stack: Stack) {
    self = stack.isSynthesised ? .app : SourceLanguage.isJSON(stack.template) ? .json : .yaml
  }

  /// The text in the author's language.
  func text(yaml: String, json: String, app: String) -> String {
    switch self {
    case .yaml: yaml
    case .json: json
    case .app: app
    }
  }

  private static func isJSON(_ template: Template) -> Bool {
    template.document.text.bytes.first { $0 > 0x20 && $0 < 0x80 } == UInt8(ascii: "{")
  }
}

extension Change {
  /// The language of the template that holds a resource.
  func language(of id: ResourceID) -> SourceLanguage { SourceLanguage(new.group.stacks[id.stack]) }
}
