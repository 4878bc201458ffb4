/// The formats of pictures, by the user's word for them. Another format is one case here and one file.
package enum GraphFormat: String, CaseIterable, Sendable {
  case mermaid, dot, svg, html, json
}

extension GraphFormat {
  /// The picture as text that ends with a line break, and what people must know who look at it.
  package func drawing(of picture: DeploymentPicture) -> (text: String, remark: String?) {
    switch self {
    case .mermaid:
      let mermaid = Mermaid(Sheet(picture, .none))
      return (mermaid.text, mermaid.remark)
    case .dot: return (DOT(Sheet(picture, .none)).text, nil)
    case .svg:
      let sheet = Sheet(picture, .readable)
      return (SVG(sheet).document, sheet.remark)
    case .html:
      let sheet = Sheet(picture, .readable)
      return (HTMLPage(sheet).document, sheet.remark)
    case .json: return (GraphDocument(picture).text, nil)
    }
  }
}
