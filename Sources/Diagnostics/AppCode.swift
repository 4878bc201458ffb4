/// A statement of a CDK app. It is written in TypeScript, and spelled for the other languages as jsii names things there:
/// a cast `(x as T)`, calls, properties, variables and texts in single quotes are all it may have.
///
/// https://docs.aws.amazon.com/cdk/v2/guide/work-with.html
package struct AppCode: Hashable, Sendable, ExpressibleByStringLiteral {
  private let typeScript: String

  package init(stringLiteral value: String) { typeScript = value }

  package func text(in language: AppLanguage) -> String {
    guard language != .typeScript else { return typeScript }
    var text = ""
    var rest = typeScript[...]
    while let match = rest.firstMatch(of: /(\w?)\(([\w.]+) as (\w+)\)/) {
      let opening = spelled(rest[..<match.2.startIndex], in: language)
      let value = cast(spelled(match.2, in: language), to: match.3, in: language)
      // The brackets are those of a call, or only there for the cast.
      let areNeeded = !match.1.isEmpty || language == .java || language == .cSharp
      text += areNeeded ? "\(opening)\(value))" : "\(opening.dropLast())\(value)"
      rest = rest[match.range.upperBound...]
    }
    text += spelled(rest, in: language)
    return language == .java || language == .cSharp ? text + ";" : text
  }

  private func cast(_ value: String, to type: Substring, in language: AppLanguage) -> String {
    switch language {
    case .typeScript: "\(value) as \(type)"
    case .javaScript, .python: value
    case .java, .cSharp: "(\(type)) \(value)"
    case .go: "\(value).(\(type == "CfnService" ? "awsecs" : "awscdk").\(type))"
    }
  }

  private func spelled(_ code: Substring, in language: AppLanguage) -> String {
    String(code).replacing(/(\.{3}|\.)?(\w+)(\()?|'([^']*)'|!/) { match in
      if let text = match.4 { return spelled(text: text, in: language) }
      guard let name = match.2 else { return "" }
      let isCalled = match.3 != nil
      switch match.1 {
      case "."?: return "." + spelled(member: name, isCalled: isCalled, in: language)
      case .some: return spread(in: language) + spelled(variable: name, in: language)
      case nil: return spelled(variable: name, in: language) + (isCalled ? "(" : "")
      }
    }
  }

  private func spelled(text: Substring, in language: AppLanguage) -> String {
    switch language {
    case .typeScript, .javaScript, .python: "'\(text)'"
    case .java, .cSharp: "\"\(text)\""
    case .go: "jsii.String(\"\(text)\")"
    }
  }

  private func spread(in language: AppLanguage) -> String {
    switch language {
    case .typeScript, .javaScript: "..."
    case .python: "*"
    case .java, .cSharp, .go: ""
    }
  }

  private func spelled(variable name: Substring, in language: AppLanguage) -> String {
    language == .python ? name.snakeCased : String(name)
  }

  private func spelled(member name: Substring, isCalled: Bool, in language: AppLanguage) -> String {
    let call = isCalled ? "(" : ""
    return switch language {
    case .typeScript, .javaScript: "\(name)\(call)"
    case .python: name.snakeCased + call
    case .java: isCalled ? "\(name)\(call)" : "get\(name.capitalised)()"
    case .cSharp: name.capitalised + call
    case .go: name.capitalised + (isCalled ? call : "()")
    }
  }
}

extension Substring {
  fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }

  fileprivate var snakeCased: String {
    String(flatMap { $0.isUppercase ? "_" + $0.lowercased() : String($0) })
  }
}
