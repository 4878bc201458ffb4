/// Finds edits that write something into a document and change no other byte of it: comments, line breaks, indentation
/// and the order of what is there stay. Where the text is not so plain that this is sure, there is none: keys of merged
/// mappings, text that an alias stands for elsewhere too, values of several lines.
package struct DocumentEditor {
  private let document: Document
  private let bytes: [UInt8]
  private let lines: LineLayout

  package init(_ document: Document) {
    self.document = document
    bytes = document.text.bytes
    lines = LineLayout(bytes: bytes)
  }

  /// Adds texts to the list that a mapping has under a key. A text that stands there alone becomes a list, and where
  /// there is nothing the key is added.
  package func adding(
    _ texts: [String], toListAt key: String, of mapping: Node, behind neighbours: [String]
  ) -> TextEdit? {
    guard !texts.isEmpty, isPlain(mapping) else { return nil }
    guard let entry = entry(key, of: mapping) else {
      return adding(NewEntry(key, .list(texts.map(NewValue.text))), to: mapping, behind: neighbours)
    }
    guard isOwn(entry, of: mapping), !document.isShared(entry.value) else { return nil }
    switch entry.value.kind {
    case .scalar: return makingList(of: entry.value, with: texts)
    case .sequence: return growing(entry.value, by: texts)
    case .mapping: return nil
    }
  }

  /// Adds an entry to a mapping, in a line of its own where the others have theirs: behind the first of the neighbours
  /// that is there, else behind any.
  package func adding(_ entry: NewEntry, to mapping: Node, behind neighbours: [String]) -> TextEdit? {
    guard isPlain(mapping) else { return nil }
    let entries = Array(mapping.entries)
    let named = neighbours.compactMap { name in entries.lastIndex { $0.key.isScalar(name) } }
    let isFlow = bytes[mapping.range.lowerBound] == brace
    for index in named + entries.indices where isOwn(entries[index], of: mapping) {
      let next = index + 1 < entries.count ? entries[index + 1].key : nil
      let edit = isFlow ? adding(entry, behind: entries[index], before: next) : adding(entry, below: entries[index])
      if let edit { return edit }
    }
    return nil
  }

  /// Replaces the text that a mapping has under a key.
  package func replacing(_ key: String, of mapping: Node, by value: NewValue) -> TextEdit? {
    guard isPlain(mapping), let entry = entry(key, of: mapping), isOwn(entry, of: mapping),
      !document.isShared(entry.value), let quote = quote(of: entry.value),
      let text = Spelling(quote: quote).text(of: value)
    else { return nil }
    return TextEdit(range: entry.value.range, text: text)
  }
}

extension DocumentEditor {
  private typealias Entry = (key: Node, value: Node)

  /// In block style: a line with the indentation of the other one.
  private func adding(_ new: NewEntry, below entry: Entry) -> TextEdit? {
    let end = entry.value.range.upperBound
    guard let indentation = lines.indentation(before: entry.key.range.lowerBound), isOneLine(entry),
      lines.isRestEmpty(behind: end), !lines.hasBlankTabs(behind: end), let text = Spelling().text(of: new)
    else { return nil }
    return lines.inserting(indentation + text, behind: end)
  }

  /// In brackets: a line of its own where the next entry begins one, else in the same line.
  private func adding(_ new: NewEntry, behind entry: Entry, before next: Node?) -> TextEdit? {
    guard let spelling = spelling(of: entry), let text = spelling.text(of: new) else { return nil }
    let end = entry.value.range.upperBound
    guard let stop = bytes[end...].firstIndex(where: { $0 > space }) else { return nil }
    guard let next else {
      // The last entry: one before it needs no comma on another line.
      guard bytes[stop] == UInt8(ascii: "}") else { return nil }
      let start = entry.key.range.lowerBound
      if let indentation = lines.indentation(before: start) {
        return lines.inserting(indentation + text + ",", before: start)
      }
      return TextEdit(range: start..<start, text: text + spelling.comma)
    }
    let start = next.range.lowerBound
    guard bytes[stop] == UInt8(ascii: ","), stop + 1 <= start, bytes[stop + 1..<start].allSatisfy({ $0 <= space })
    else {
      return nil
    }
    if let indentation = lines.indentation(before: start), lines.start(of: start) > stop {
      let own = lines.indentation(before: entry.key.range.lowerBound)
      return lines.inserting((own ?? indentation) + text + ",", behind: stop)
    }
    let gap = String(decoding: bytes[stop + 1..<start], as: UTF8.self)
    return TextEdit(range: stop + 1..<stop + 1, text: gap + text + ",")
  }

  private func makingList(of scalar: Node, with texts: [String]) -> TextEdit? {
    // In JSON brackets follow, and tabs may indent them.
    guard let quote = quote(of: scalar), quote == .double || !lines.hasBlankTabs(behind: scalar.range.upperBound) else {
      return nil
    }
    let spelling = Spelling(quote: quote, comma: comma(of: scalar))
    let added = texts.compactMap { spelling.text(of: .text($0)) }
    guard added.count == texts.count else { return nil }
    let source = String(decoding: bytes[scalar.range], as: UTF8.self)
    return TextEdit(
      range: scalar.range, text: "[" + ([source] + added).joined(separator: spelling.comma) + "]")
  }

  private func growing(_ list: Node, by texts: [String]) -> TextEdit? {
    let elements = Array(list.elements)
    let isFlow = bytes[list.range.lowerBound] == UInt8(ascii: "[")
    guard let last = elements.last else {
      let inside = list.range.lowerBound + 1..<max(list.range.upperBound - 1, list.range.lowerBound + 1)
      let isJSON = bytes.first { $0 > space && $0 < 0x80 } == brace
      let spelling = Spelling(quote: isJSON ? .double : .plain, comma: comma(of: list))
      let added = texts.compactMap { spelling.text(of: .text($0)) }
      guard isFlow, bytes[inside].allSatisfy({ $0 <= space }), added.count == texts.count else { return nil }
      return TextEdit(
        range: inside.lowerBound..<inside.lowerBound, text: added.joined(separator: spelling.comma))
    }
    guard isOwn(elements, of: list), let quote = quote(of: last) else { return nil }
    let spelling = Spelling(quote: quote, comma: comma(of: list))
    let added = texts.compactMap { spelling.text(of: .text($0)) }
    guard added.count == texts.count else { return nil }
    return isFlow ? growing(list, behind: last, by: added, spelling) : adding(added, below: last)
  }

  /// In brackets: lines before the last element where that has one of its own, so that no other line changes; a comment
  /// above it stays where it is.
  private func growing(_ list: Node, behind last: Node, by texts: [String], _ spelling: Spelling) -> TextEdit? {
    let start = last.range.lowerBound
    if let indentation = lines.indentation(before: start), lines.start(of: start) > list.range.lowerBound {
      let above = lines.start(of: lines.start(of: start) - 1)
      let lineAbove = bytes[above..<lines.start(of: start)].drop { $0 <= space }
      if lineAbove.first != UInt8(ascii: "#") {
        let lineBreak = lines.lineBreak(at: above)
        return lines.inserting(
          texts.map { indentation + $0 + "," }.joined(separator: lineBreak), before: start)
      }
    }
    return TextEdit(
      range: last.range.upperBound..<last.range.upperBound, text: texts.map { spelling.comma + $0 }.joined())
  }

  /// In block style: lines that begin as that of the last element does.
  private func adding(_ texts: [String], below last: Node) -> TextEdit? {
    let start = last.range.lowerBound
    let dash = bytes[lines.start(of: start)..<start]
    let end = last.range.upperBound
    guard dash.count(where: { $0 != space }) == 1, dash.contains(UInt8(ascii: "-")), lines.isRestEmpty(behind: end)
    else { return nil }
    let beginning = String(decoding: dash, as: UTF8.self)
    let lineBreak = lines.lineBreak(at: end)
    return lines.inserting(texts.map { beginning + $0 }.joined(separator: lineBreak), behind: end)
  }
}

extension DocumentEditor {
  private func entry(_ key: String, of mapping: Node) -> Entry? {
    Array(mapping.entries).last { $0.key.isScalar(key) }
  }

  /// Whether a mapping has all of its keys itself, none of them as a tag, and is read in one place alone.
  private func isPlain(_ mapping: Node) -> Bool {
    mapping.kind == .mapping && mapping.entries.contains { _ in true } && mapping.writesItsKeys
      && bytes[mapping.range.lowerBound] != UInt8(ascii: "!") && !document.isShared(mapping)
  }

  /// Whether the value stands behind its key, and is not what an alias there stands for.
  private func isOwn(_ entry: Entry, of mapping: Node) -> Bool {
    entry.key.range.upperBound <= entry.value.range.lowerBound
      && entry.value.range.upperBound <= mapping.range.upperBound
  }

  private func isOwn(_ elements: [Node], of list: Node) -> Bool {
    let ends = [list.range.lowerBound] + elements.flatMap { [$0.range.lowerBound, $0.range.upperBound] }
    return zip(ends, ends.dropFirst() + [list.range.upperBound]).allSatisfy { $0 <= $1 }
  }

  /// Not so for a block scalar, to which blank lines that follow may belong.
  private func isOneLine(_ entry: Entry) -> Bool {
    let text = bytes[entry.key.range.lowerBound..<entry.value.range.upperBound]
    let isBlock = entry.value.range.isEmpty ? false : "|>".utf8.contains(bytes[entry.value.range.lowerBound])
    return !isBlock && !text.contains(UInt8(ascii: "\n"))
  }

  /// The quotes of a scalar in one line, if it has some or is a name that needs none.
  private func quote(of scalar: Node) -> Spelling.Quote? {
    let text = bytes[scalar.range]
    guard scalar.kind == .scalar, !scalar.isNull, !text.contains(UInt8(ascii: "\n")), let first = text.first else {
      return nil
    }
    if first == UInt8(ascii: "\"") { return .double }
    if first == UInt8(ascii: "'") { return .single }
    return text.allSatisfy(isWordByte) ? .plain : nil
  }

  /// How an entry in brackets is spelled; `nil` where key and value stand in two lines.
  private func spelling(of entry: Entry) -> Spelling? {
    let colon = bytes[entry.key.range.upperBound..<entry.value.range.lowerBound]
    guard colon.count(where: { $0 == UInt8(ascii: ":") }) == 1,
      colon.allSatisfy({ $0 == UInt8(ascii: ":") || $0 == space })
    else { return nil }
    let isQuoted = bytes[entry.key.range.lowerBound] == UInt8(ascii: "\"")
    return Spelling(
      quote: isQuoted ? .double : .plain, comma: comma(of: entry.value), colon: String(decoding: colon, as: UTF8.self))
  }

  /// What stands between two values near this one: no space in JSON without any.
  private func comma(of value: Node) -> String {
    let start = value.range.lowerBound
    return start > 0 && bytes[start - 1] == UInt8(ascii: ":") ? "," : ", "
  }
}

extension Document {
  /// Whether an alias stands for a node or for something around it, so that its bytes are read in several places.
  fileprivate func isShared(_ node: Node) -> Bool {
    entries.contains { entry in
      guard entry.kind == .alias else { return false }
      let target = entries[Int(entry.child)]
      return Int(target.start) <= node.range.lowerBound && node.range.upperBound <= Int(target.end)
    }
  }
}

private let brace = UInt8(ascii: "{")
private let space = UInt8(ascii: " ")
