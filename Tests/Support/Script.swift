import Foundation

/// A page of shell commands with the output that each must have, and the files that they work on:
///
///     Text that begins in the first column is prose.
///
///       $ precede check --staged
///       services.yaml:3:3: error: …
///       [1]
///       $ for name in a b; do
///       >   echo $name
///       > done
///       a
///       b
///     -- services.yaml --
///     Resources:
///
/// Output is standard output and standard error as a terminal shows them. `[1]` is an exit status other than 0,
/// and `(no newline)` stands where output ends without one. Object ids read `<id>`, the temporary folder `<tmp>`.
/// `$PAGES` is the folder of the page and `$CHECKOUT` the top of the checkout.
/// `UPDATE_GOLDEN=1 swift test` writes the output that was found into the page.
package struct Script: Hashable, Sendable {
  package let page: URL

  package init(page: URL) { self.page = page }

  /// The pages of a folder, sorted.
  package static func pages(in folder: URL) throws -> [Script] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "script" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .map(Script.init)
  }

  /// Runs the page; tells what differs from what it says, or `nil` when nothing does.
  package func difference() throws -> String? {
    let lines = try String(contentsOf: page, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let steps = Self.steps(in: lines.prefix { Self.path(in: $0) == nil })
    let tail = lines.drop { Self.path(in: $0) == nil }

    let files = Self.files(in: tail.last == "" ? tail.dropLast() : tail)
    let sandbox = try Sandbox(files: files, pages: page.deletingLastPathComponent())
    defer { sandbox.remove() }
    var printed = try sandbox.run(steps.compactMap(\.command))[...]
    let found = steps.flatMap { step in
      step.lines + (step.command == nil ? [] : Self.lines(of: printed.popFirst()))
    }
    return try Golden.difference(of: page, to: (found + tail).joined(separator: "\n"))
  }

  private static func lines(of printed: Sandbox.Printed?) -> [String] {
    guard let printed else { return ["  (not run)"] }
    return (printed.lines + (printed.status == "0" ? [] : ["[\(printed.status)]"])).map { "  " + $0 }
  }

  /// A line of prose, or the lines of one command. What the page expects is not kept: whole pages are compared.
  private struct Step {
    var lines: [String]

    var command: String? {
      lines[0].hasPrefix("  $ ") ? lines.map { $0.dropFirst(4) }.joined(separator: "\n") : nil
    }
  }

  private static func steps(in lines: some Sequence<String>) -> [Step] {
    var steps: [Step] = []
    var isInCommand = false
    for line in lines {
      if isInCommand, line.hasPrefix("  > ") {
        steps[steps.count - 1].lines.append(line)
      } else {
        isInCommand = line.hasPrefix("  $ ")
        if isInCommand || !line.hasPrefix("  ") { steps.append(Step(lines: [line])) }
      }
    }
    return steps
  }

  private static func files(in lines: some Sequence<String>) -> [(path: String, text: String)] {
    lines.reduce(into: []) { files, line in
      if let path = path(in: line) {
        files.append((path, ""))
      } else if let last = files.indices.last {
        files[last].text += line + "\n"
      }
    }
  }

  /// `-- path --` begins a file.
  private static func path(in line: String) -> String? {
    guard line.hasPrefix("-- "), line.hasSuffix(" --"), line.utf8.count > 6 else { return nil }
    return String(line.dropFirst(3).dropLast(3))
  }
}

extension Script: CustomStringConvertible {
  package var description: String { page.lastPathComponent }
}
