import Foundation

/// An input and, beside it, the text that is expected for it, compared whole: `name.yaml` and `name.out`, or a cloud
/// assembly, which is a folder `name` with a `manifest.json`.
///
/// `UPDATE_GOLDEN=1 swift test` writes what was found instead of comparing; `git diff` then shows what changed.
package struct Golden: Hashable, Sendable {
  package let input: URL
  package let expected: URL

  package init(input: URL) {
    self.input = input
    expected = input.deletingPathExtension().appendingPathExtension("out")
  }

  /// Whether nothing is expected to be said about the input.
  package var isSilent: Bool { (try? Data(contentsOf: expected))?.isEmpty ?? false }

  /// What differs between the expected text and what was found; `nil` when they are equal.
  package func difference(to found: String) throws -> String? { try Self.difference(of: expected, to: found) }

  /// Every input below a folder, sorted: the files that are themselves no expectation, and assemblies as one.
  package static func cases(under folder: URL) throws -> [Golden] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false))
    let assemblies = Set(paths.filter { $0.hasSuffix("/manifest.json") }.map { String($0.dropLast(14)) })
    return paths.filter { path in
      assemblies.contains(path)
        || !assemblies.contains { path.hasPrefix("\($0)/") }
          && ["yaml", "yml", "json", "template"].contains((path as NSString).pathExtension)
    }
    .sorted().map { Golden(input: folder.appending(path: $0)) }
  }

  /// Compares a file with the text that it should hold, or writes it with `UPDATE_GOLDEN=1`.
  package static func difference(of file: URL, to found: String) throws -> String? {
    let known = try? String(contentsOf: file, encoding: .utf8)
    guard known != found else { return nil }
    let expected = known ?? ""
    if updates {
      try found.write(to: file, atomically: true, encoding: .utf8)
      return nil
    }
    return "\(file.lastPathComponent):\n" + lines(of: expected, to: found)
  }

  /// Whether expectations are written instead of compared.
  package static let updates = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"

  /// The lines between the equal beginning and the equal end: `-` expected, `+` found.
  private static func lines(of expected: String, to found: String) -> String {
    var old = expected.split(separator: "\n", omittingEmptySubsequences: false)[...]
    var new = found.split(separator: "\n", omittingEmptySubsequences: false)[...]
    while let line = old.first, line == new.first { (old, new) = (old.dropFirst(), new.dropFirst()) }
    while let line = old.last, line == new.last { (old, new) = (old.dropLast(), new.dropLast()) }
    return (old.map { "- \($0)" } + new.map { "+ \($0)" }).joined(separator: "\n")
  }
}

extension Golden: CustomStringConvertible {
  package var description: String {
    input.pathComponents.suffix(2).joined(separator: "/")
  }
}
