import Foundation

/// The folder in which one page runs: its work folder, its home, and a `bin` with the command of this build.
struct Sandbox {
  private let pages: URL
  private let top = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    .appending(path: "page-\(UUID().uuidString.prefix(8))")
  private var work: URL { top.appending(path: "work") }

  init(files: [(path: String, text: String)] = [], pages: URL) throws {
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

  /// What a command printed, by lines without line ends, and how it ended.
  struct Printed {
    /// Ends with `(no newline)` where the output ends without one.
    var lines: [String]
    var status: String
  }

  /// What each command printed. All run in one shell, which ends after two minutes at most.
  func run(_ commands: [String]) throws -> [Printed] {
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
      Printed(lines: lines(of: fields[$0]), status: String(fields[$0 + 1]))
    }
  }

  private func lines(of printed: Substring) -> [String] {
    var lines = printed.replacing(top.path(percentEncoded: false), with: "<tmp>")
      .replacing(#/\b([0-9a-f]{64}|[0-9a-f]{40})\b/#, with: "<id>")
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let end = lines.removeLast()
    if !end.isEmpty { lines.append(end + "(no newline)") }
    return lines
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
