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
    var outputs = try sandbox.outputs(of: steps.compactMap(\.command))[...]
    let found = steps.flatMap { $0.lines + ($0.command == nil ? [] : outputs.popFirst() ?? ["  (not run)"]) }
    return try Golden.difference(of: page, to: (found + tail).joined(separator: "\n"))
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

/// The folder in which one page runs: its work folder, its home, and a `bin` with the command of this build.
private struct Sandbox {
  private let pages: URL
  private let top = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    .appending(path: "page-\(UUID().uuidString.prefix(8))")
  private var work: URL { top.appending(path: "work") }

  init(files: [(path: String, text: String)], pages: URL) throws {
    self.pages = pages
    let manager = FileManager.default
    for folder in ["bin", "home", "work"] {
      try manager.createDirectory(at: top.appending(path: folder), withIntermediateDirectories: true)
    }
    try manager.createSymbolicLink(
      at: top.appending(path: "bin/precede"), withDestinationURL: Project.command)
    try Self.gitConfiguration.write(
      to: top.appending(path: "home/.gitconfig"), atomically: true, encoding: .utf8)
    for (path, text) in files {
      let file = work.appending(path: path)
      try manager.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
  }

  func remove() { try? FileManager.default.removeItem(at: top) }

  /// What each command printed, as lines of a page. All run in one shell, which ends after two minutes at most.
  func outputs(of commands: [String]) throws -> [[String]] {
    let script = top.appending(path: "commands")
    try commands.map { "\($0)\nprintf '\\036%d\\036' $?\n" }.joined()
      .write(to: script, atomically: true, encoding: .utf8)

    let shell = Process()
    let pipe = Pipe()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = [script.path(percentEncoded: false)]
    shell.currentDirectoryURL = work
    shell.environment = environment
    shell.standardInput = FileHandle.nullDevice
    shell.standardOutput = pipe
    shell.standardError = pipe
    try shell.run()
    let limit = DispatchWorkItem { shell.terminate() }
    DispatchQueue.global().asyncAfter(deadline: .now() + 120, execute: limit)
    let printed = pipe.fileHandleForReading.readDataToEndOfFile()
    shell.waitUntilExit()
    limit.cancel()

    let fields = String(decoding: printed, as: UTF8.self)
      .split(separator: "\u{1E}", omittingEmptySubsequences: false)
    return stride(from: 0, to: fields.count - 1, by: 2).map {
      lines(printed: fields[$0], status: fields[$0 + 1])
    }
  }

  private func lines(printed: Substring, status: Substring) -> [String] {
    var lines = printed.replacing(top.path(percentEncoded: false), with: "<tmp>")
      .replacing(#/\b([0-9a-f]{64}|[0-9a-f]{40})\b/#, with: "<id>")
      .split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
    let end = lines.removeLast()
    if end != "  " { lines.append(end + "(no newline)") }
    return status == "0" ? lines : lines + ["  [\(status)]"]
  }

  /// Nothing of git's or a CI's variables comes in; authors and dates are fixed, so that ids are too.
  private var environment: [String: String] {
    let inherited = ProcessInfo.processInfo.environment
    var environment = inherited.filter { name, _ in ["LD_LIBRARY_PATH", "TMPDIR"].contains(name) }
    environment["PATH"] = top.appending(path: "bin").path + ":" + (inherited["PATH"] ?? "/usr/bin:/bin")
    environment["HOME"] = top.appending(path: "home").path
    environment["CHECKOUT"] = Project.root.path
    environment["PAGES"] = pages.path
    environment["LC_ALL"] = "C"
    environment["TZ"] = "UTC"
    environment["GIT_CONFIG_NOSYSTEM"] = "1"
    environment["GIT_AUTHOR_DATE"] = "2026-01-02T03:04:05Z"
    environment["GIT_COMMITTER_DATE"] = "2026-01-02T03:04:05Z"
    environment["SWIFT_BACKTRACE"] = "enable=no"
    return environment
  }

  private static let gitConfiguration = """
    [user]
      name = Ada
      email = ada@example.com
    [init]
      defaultBranch = main
    [advice]
      detachedHead = false
    [core]
      autocrlf = false

    """
}
