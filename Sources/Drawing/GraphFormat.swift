/// The formats of pictures, by the user's word for them. Another format is one case here and one file.
package enum GraphFormat: String, CaseIterable, Sendable {
  case mermaid, json
}

extension GraphFormat {
  /// The picture as text that ends with a line break.
  package func text(of picture: DeploymentPicture) -> String {
    switch self {
    case .mermaid: Mermaid(picture).text
    case .json: GraphDocument(picture).text
    }
  }
}
