import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Reads a document of XML strictly: which elements it has, with the names of their attributes, and what texts.
package final class XMLReader: NSObject, XMLParserDelegate {
  /// Every element in its order, as in `a class href`.
  package private(set) var elements: [String] = []
  /// How many elements there are of each name.
  package private(set) var counts: [String: Int] = [:]
  /// The values of all attributes, in the order of the elements and their names.
  package private(set) var values: [String] = []
  package private(set) var text = ""
  package private(set) var isWellFormed = false

  package init(_ text: String) {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    isWellFormed = parser.parse()
  }

  package func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String] = [:]
  ) {
    counts[name, default: 0] += 1
    elements.append(([name] + attributes.keys.sorted()).joined(separator: " "))
    values += attributes.sorted { $0.key < $1.key }.map(\.value)
  }

  package func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}
