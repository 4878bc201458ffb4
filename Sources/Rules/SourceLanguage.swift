import Deployment
import Templates

/// What the author writes, so that a fix can be pasted there.
enum SourceLanguage {
  case yaml
  case json
  /// Constructs of an app that the template is synthesised from.
  case app

  init(_ stack: Stack) {
    self = stack.isSynthesised ? .app : stack.template.document.text.isJSON ? .json : .yaml
  }

  /// The text in the author's language.
  func text(yaml: String, json: String, app: String) -> String {
    switch self {
    case .yaml: yaml
    case .json: json
    case .app: app
    }
  }
}

extension Change {
  /// The language of the template that holds a resource.
  func language(of id: ResourceID) -> SourceLanguage { SourceLanguage(new.group.stacks[id.stack]) }
}
