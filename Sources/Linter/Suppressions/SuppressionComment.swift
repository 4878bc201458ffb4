import Diagnostics
import Templates

/// `# precede: ignore RULE REASON` on the line before the logical ID of a resource, in YAML. Several such lines may follow
/// each other. YAML's comments are no part of its tree, so they are found in the text, outside of scalars.
enum SuppressionComment {
  static func all(in template: Template) -> [Suppression] {
    let text = template.document.text
    guard FileSigns(text.bytes).mayIgnore else { return [] }
    let resources = Dictionary(grouping: template.resources) { text.position(at: $0.key.range.lowerBound).line }
    var suppressions: [Suppression] = []
    var open: [(words: [Substring], range: Range<Int>)] = []
    var number = 0
    var start = 0
    for line in text.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      defer { start += line.count + 1 }
      if let (words, range) = comment(in: line, at: start), !isInScalar(range.lowerBound, template.document.root) {
        open.append((words, range))
        continue
      }
      let holders = (resources[number] ?? []).map { Report.Resource(path: template.path, logicalID: $0.logicalID) }
      suppressions += open.map { suppression($0.words, template.location(of: $0.range), Set(holders)) }
      open = []
    }
    return suppressions + open.map { suppression($0.words, template.location(of: $0.range), []) }
  }

  private static func suppression(
    _ words: [Substring], _ location: Location, _ holders: Set<Report.Resource>
  ) -> Suppression {
    let rule = words.dropFirst().first.map(String.init) ?? ""
    let reason = words.dropFirst(2).joined(separator: " ")
    var fault = words.first == "ignore" ? Suppression.fault(rule: rule, reason: reason) : "it is not followed by ignore"
    if holders.isEmpty { fault = fault ?? "the next line begins no resource" }
    return Suppression(rule: rule, reason: reason, location: location, holders: holders, fault: fault)
  }

  /// The words behind `# precede:` of a line that holds nothing else, and the bytes of the comment.
  private static func comment(in line: ArraySlice<UInt8>, at start: Int) -> (words: [Substring], range: Range<Int>)? {
    guard let sign = line.firstIndex(where: { $0 != 0x20 && $0 != 0x09 }), line[sign] == UInt8(ascii: "#") else {
      return nil
    }
    let text = Substring(String(decoding: line[sign...], as: UTF8.self)).drop { $0 == "#" || $0 == " " || $0 == "\t" }
    guard text.hasPrefix(mark) else { return nil }
    let end = line.last == UInt8(ascii: "\r") ? line.endIndex - 1 : line.endIndex
    let words = text.dropFirst(mark.count).split(whereSeparator: \.isWhitespace)
    return (words, start + sign - line.startIndex..<start + end - line.startIndex)
  }

  private static func isInScalar(_ offset: Int, _ node: Node) -> Bool {
    guard node.range.contains(offset) else { return false }
    switch node.kind {
    case .scalar: return true
    case .sequence: return node.elements.contains { isInScalar(offset, $0) }
    case .mapping: return node.entries.contains { isInScalar(offset, $0) || isInScalar(offset, $1) }
    }
  }

  private static let mark = "precede:"
}
