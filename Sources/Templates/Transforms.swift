/// The macros that a template declares under `Transform`, which CloudFormation runs over it before anything else.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-reference.html
package struct Transforms: Sendable {
  /// Names with the places that declare them, in the order of the source.
  let declared: [(name: String, place: Node)]

  init(_ node: Node?) {
    let elements = node.map { $0.kind == .sequence ? Array($0.elements) : [$0] } ?? []
    declared = elements.compactMap { element in
      // `null` and an empty value declare nothing.
      guard let name = element.text ?? element["Name"]?.text,
        !(element.isPlain && ["", "null", "~"].contains(name))
      else { return nil }
      return (name, element)
    }
  }

  /// `AWS::LanguageExtensions`: loops, and functions in places that otherwise take only text.
  package var extendsLanguage: Bool { declared.contains { $0.name == "AWS::LanguageExtensions" } }

  /// `AWS::Serverless-2016-10-31`, whose resources become several, with logical IDs of its own.
  var isServerless: Bool { declared.contains { $0.name.hasPrefix("AWS::Serverless-") } }

  /// What may write into the template whatever it likes: macros of the account.
  var macros: [(name: String, place: Node)] { declared.filter { !$0.name.hasPrefix("AWS::") } }

  /// Includes at the top, which add what stands in a file elsewhere.
  var includes: [Node] { declared.filter { $0.name == "AWS::Include" }.map(\.place) }
}
