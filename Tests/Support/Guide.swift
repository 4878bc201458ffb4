import Foundation

/// A page of the documentation in Markdown, whose commands are run in the order in which they stand there:
///
/// - In a block of the language `console`, those behind `$ ` and `> `, with the output that each must have, and
///   `[exit status 1]`.
/// - In a block of `sh`, every line that is no comment. What it prints is not shown; it must end with 0, or with 1 where
///   something is found.
/// - What readers need not see of either stands in a comment that begins with `<!-- console` or `<!-- sh`.
///
/// A block below `<!-- not run: … -->` is left out, for the reason that stands there. See `Script` for the rest.
package struct Guide: Hashable, Sendable {
  package let page: URL

  package init(page: URL) { self.page = page }

  /// Runs the page; tells what differs from what it says, or `nil` when nothing does.
  package func difference() throws -> String? {
    let steps = Self.steps(in: try String(contentsOf: page, encoding: .utf8))
    let sandbox = try Sandbox(pages: page.deletingLastPathComponent())
    defer { sandbox.remove() }
    var printed = try sandbox.run(steps.compactMap(\.command))[...]
    var failures: [String] = []
    var found: [String] = []
    for step in steps {
      found += step.lines
      guard let command = step.command else { continue }
      let output = printed.popFirst() ?? .init(lines: ["(not run)"], status: "")
      if step.showsOutput {
        found += output.lines + (["", "0"].contains(output.status) ? [] : ["[exit status \(output.status)]"])
      } else if !["0", "1"].contains(output.status) {
        failures += ["\(command) ended with \(output.status):"] + output.lines
      }
    }
    guard failures.isEmpty else { return "\(page.lastPathComponent): " + failures.joined(separator: "\n") }
    return try Golden.difference(of: page, to: found.joined(separator: "\n"))
  }

  /// Links to files of the repository that are not there, or to headings that they do not have.
  package func brokenLinks() throws -> [String] {
    let text = try String(contentsOf: page, encoding: .utf8)
    return try text.matches(of: #/\]\(([^)\s]+)\)/#).map { String($0.1) }.filter { link in
      guard !link.hasPrefix("https://") else { return false }
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let file = parts[0].isEmpty ? page : page.deletingLastPathComponent().appending(path: parts[0])
      guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) else { return true }
      return try parts.count == 2 && !Self.anchors(of: file).contains(String(parts[1]))
    }
  }

  /// As GitHub makes them of headings.
  private static func anchors(of file: URL) throws -> Set<String> {
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { $0.hasPrefix("#") }
    return Set(
      lines.map { line in
        let words = line.drop { "# ".contains($0) }.lowercased()
        return String(words.filter { $0.isLetter || $0.isNumber || " -_".contains($0) }).replacing(" ", with: "-")
      })
  }

  /// A line of prose, or the lines of one command.
  private struct Step {
    var lines: [String]
    var command: String?
    var showsOutput = false
  }

  private enum Place { case prose, other, console, sh }

  private static func steps(in text: String) -> [Step] {
    var steps: [Step] = []
    var place = Place.prose
    var isLeftOut = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      let isEnd = line == "```" || line == "-->"
      switch place {
      case .prose:
        place = self.place(begunBy: line)
        if isLeftOut, place != .prose { place = .other }
        if !line.isEmpty { isLeftOut = line.hasPrefix("<!-- not run: ") }
        steps.append(Step(lines: [line]))
      case .console where line.hasPrefix("$ "):
        steps.append(Step(lines: [line], command: String(line.dropFirst(2)), showsOutput: true))
      case .console where line.hasPrefix("> "):
        steps[steps.count - 1].lines.append(line)
        steps[steps.count - 1].command? += "\n" + line.dropFirst(2)
      case .sh where !isEnd && steps.last?.command?.hasSuffix("\\") == true:
        steps[steps.count - 1].lines.append(line)
        steps[steps.count - 1].command? += "\n" + line
      case .sh where !isEnd && !line.isEmpty && !line.hasPrefix("#"):
        steps.append(Step(lines: [line], command: line))
      case .other, .console, .sh:
        // What a command printed when the page was written is not kept: whole pages are compared.
        if isEnd || place != .console { steps.append(Step(lines: [line])) }
        if isEnd { place = .prose }
      }
    }
    return steps
  }

  private static func place(begunBy line: String) -> Place {
    switch line {
    case "```console", "<!-- console": .console
    case "```sh", "<!-- sh": .sh
    case _ where line.hasPrefix("```"): .other
    default: .prose
    }
  }
}

extension Guide: CustomStringConvertible {
  package var description: String { page.lastPathComponent }
}
