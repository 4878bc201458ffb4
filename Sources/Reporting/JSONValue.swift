#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A value of JSON, so that a reporter reads like the document that it writes.
enum JSONValue: Hashable, Encodable {
  case object([String: JSONValue])
  case array([JSONValue])
  case string(String)
  case number(Int)
  case null

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .object(let members): try container.encode(members)
    case .array(let elements): try container.encode(elements)
    case .string(let text): try container.encode(text)
    case .number(let number): try container.encode(number)
    case .null: try container.encodeNil()
    }
  }

  /// Indented, with sorted keys, so that the same report gives the same bytes; no byte order mark.
  ///
  /// A bracket that a CI runner would take for the beginning of a command, when the report is printed to its log,
  /// is written `\u005b`, which is the same text: after a `#` it can only stand in a string.
  var text: String {
    self == .array([]) ? "[]\n" : encoded([.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
  }

  /// The same on one line.
  var line: String { encoded([.sortedKeys, .withoutEscapingSlashes]) }

  private func encoded(_ formatting: JSONEncoder.OutputFormatting) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting
    guard let data = try? encoder.encode(self) else {
      preconditionFailure("strings and numbers always encode")
    }
    var command = LogCommand()
    let text = String(decoding: data, as: UTF8.self).unicodeScalars.reduce(into: "") { text, scalar in
      text += command.opens(with: scalar) ? "\\u005b" : String(scalar)
    }
    return text + "\n"
  }
}

extension JSONValue {
  /// Null when there is no text: the key stays, so that the shape of the document does.
  static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  static func base64(_ bytes: [UInt8]) -> JSONValue { .string(Data(bytes).base64EncodedString()) }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral {
  init(stringLiteral value: String) { self = .string(value) }
  init(dictionaryLiteral members: (String, JSONValue)...) {
    self = .object(Dictionary(uniqueKeysWithValues: members))
  }
}
