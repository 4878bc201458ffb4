/// The path of a file: raw bytes with `/` between names, since git promises no encoding.
///
/// Relative to the top of the repository; for files outside a repository as the user gave it.
package struct Path: Hashable, Sendable {
  package let bytes: [UInt8]

  package init(bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }
  package init(_ string: String) { bytes = Array(string.utf8) }

  /// The last name, or everything when there is no `/`.
  package var name: String { String(decoding: bytes[(lastSlash.map { $0 + 1 } ?? 0)...], as: UTF8.self) }

  /// The folder that holds the file; empty for a file at the top.
  package var parent: Path { Path(bytes: bytes[..<(lastSlash ?? 0)]) }

  /// The path of a file in this folder.
  package func appending(_ relative: String) -> Path {
    bytes.isEmpty ? Path(relative) : Path(bytes: bytes + [slash] + Array(relative.utf8))
  }

  /// The path of a file named from this folder, with `.` and `..` carried out; `nil` when that leads out of the top.
  package func resolving(_ relative: String) -> Path? {
    var names = bytes.split(separator: slash).map(Array.init)
    for name in relative.utf8.split(separator: slash) where !name.elementsEqual(".".utf8) {
      guard name.elementsEqual("..".utf8) else {
        names.append(Array(name))
        continue
      }
      guard names.popLast() != nil else { return nil }
    }
    let start = bytes.first == slash ? [slash] : []
    return Path(bytes: start + names.joined(separator: [slash]))
  }

  /// Whether this is `folder` itself or lies below it. Everything lies below the empty path.
  package func isInside(_ folder: Path) -> Bool {
    guard !folder.bytes.isEmpty else { return true }
    guard bytes.starts(with: folder.bytes) else { return false }
    return bytes.count == folder.bytes.count || bytes[folder.bytes.count] == slash
  }

  /// Whether the bytes are UTF-8, so that `description` loses nothing.
  package var isUTF8: Bool { String(validating: bytes, as: UTF8.self) != nil }

  private var lastSlash: Int? { bytes.lastIndex(of: slash) }
}

extension Path: CustomStringConvertible {
  /// The path as text; bytes that are not UTF-8 become U+FFFD.
  package var description: String { String(decoding: bytes, as: UTF8.self) }
}

extension Path: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self.init(value) }
}

extension Path: Comparable {
  package static func < (a: Path, b: Path) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }
}

private let slash = UInt8(ascii: "/")
