import Diagnostics
import Git

/// A pattern for whole paths from the top: `*` and `?` stay inside a name, `**` crosses folders, `{a,b}` is either.
struct GlobPattern: Hashable, Sendable {
  /// One for each way to choose from the braces.
  private let wildcards: [Wildcard]
  /// Whether the pattern says how the names end that it matches, so that every match is meant: `infra/*.tmpl` does,
  /// `infra/**` does not.
  let namesFiles: Bool

  /// Why a text is no pattern.
  enum Fault: Error {
    case empty
    case openBrace
    case tooManyAlternatives
    case malformed
  }

  init(_ text: String) throws(Fault) {
    var pattern = Substring(text)
    while pattern.hasPrefix("./") { pattern = pattern.dropFirst(2) }
    while pattern.hasPrefix("/") { pattern = pattern.dropFirst() }
    guard !pattern.isEmpty else { throw .empty }
    // A folder is all that it holds.
    let alternatives = try GlobPattern.expand(pattern).map { $0.hasSuffix("/") ? $0 + "**" : $0 }
    wildcards = alternatives.compactMap { Wildcard(Array($0.utf8)[...], ignoringCase: false) }
    namesFiles = alternatives.allSatisfy { !$0.hasSuffix("*") && !$0.hasSuffix("?") }
    guard wildcards.count == alternatives.count else { throw .malformed }
  }

  func matches(_ path: Path) -> Bool { wildcards.contains { $0.matches(path.bytes[...]) } }

  /// Writes out the first braces and then what is left.
  private static func expand(_ pattern: Substring) throws(Fault) -> [String] {
    var finished: [String] = []
    var open = [String(pattern)]
    while let next = open.popLast() {
      guard finished.count + open.count < mostAlternatives else { throw .tooManyAlternatives }
      guard let choice = try Choice(next) else {
        finished.append(next)
        continue
      }
      open += choice.parts.reversed().map { String(choice.before + $0 + choice.after) }
    }
    return finished
  }

  private static let mostAlternatives = 256
}

/// The first braces of a pattern.
private struct Choice {
  let before: Substring
  var parts: [Substring] = []
  var after: Substring = ""

  init?(_ pattern: String) throws(GlobPattern.Fault) {
    var start: String.Index?
    var depth = 0
    var isEscaped = false
    var part = pattern.startIndex
    for (index, letter) in zip(pattern.indices, pattern) {
      if isEscaped {
        isEscaped = false
        continue
      }
      switch letter {
      case "\\": isEscaped = true
      case "{":
        if depth == 0 {
          start = index
          part = pattern.index(after: index)
        }
        depth += 1
      case "," where depth == 1:
        parts.append(pattern[part..<index])
        part = pattern.index(after: index)
      case "}" where depth > 0:
        depth -= 1
        guard depth == 0, let start else { continue }
        parts.append(pattern[part..<index])
        before = pattern[..<start]
        after = pattern[pattern.index(after: index)...]
        return
      default: break
      }
    }
    guard depth == 0 else { throw .openBrace }
    return nil
  }
}

extension GlobPattern.Fault: CustomStringConvertible {
  var description: String {
    switch self {
    case .empty: "a pattern cannot be empty"
    case .openBrace: "the pattern has a '{' without a '}'"
    case .tooManyAlternatives: "the braces of the pattern stand for too many patterns"
    case .malformed: "the pattern has a '[' without a ']' or ends in a backslash"
    }
  }
}
