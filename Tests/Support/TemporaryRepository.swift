import Foundation

/// A real git repository in a folder of its own, with a home of its own, that is removed with the value. No
/// setting of the machine and no variable of a calling hook gets in.
package final class TemporaryRepository {
  /// The top of the work tree; absolute, links resolved, without a slash at the end.
  package let path: String
  /// The folder around it, for what must lie beside the repository.
  package let surroundings: String

  /// Runs `git init`; of the branch `main`, with further arguments if given.
  package convenience init(_ initialArguments: String...) throws {
    try self.init(empty: ())
    try git(["init", "-q", "-b", "main"] + initialArguments)
    try protectFromMachine()
  }

  /// An empty folder, for a repository that is made in another way.
  package init(empty: Void) throws {
    let template = NSTemporaryDirectory() + "/precede-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: template, withIntermediateDirectories: true)
    guard let real = realpath(template, nil) else { throw Failure(command: "realpath", message: template) }
    defer { free(real) }
    surroundings = String(cString: real)
    path = surroundings + "/repository"
    for folder in [path, home] {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    try Data().write(to: URL(fileURLWithPath: home + "/ignore"))
  }

  deinit { try? FileManager.default.removeItem(atPath: surroundings) }

  /// libgit2 reads the system's configuration whatever git is told, so the repository's own must win.
  package func protectFromMachine(in folder: String = ".") throws {
    try git(["-C", folder, "config", "core.excludesFile", home + "/ignore"])
  }

  /// Writes a file of the work tree and the folders it needs.
  package func write(_ file: String, _ text: String) throws { try write(Array(file.utf8), Array(text.utf8)) }

  package func write(_ file: String, _ bytes: [UInt8]) throws { try write(Array(file.utf8), bytes) }

  /// By the bytes of a path, since a name need not be UTF-8.
  package func write(_ file: [UInt8], _ bytes: [UInt8]) throws {
    let full = Array((path + "/").utf8) + file
    for index in full.indices where full[index] == UInt8(ascii: "/") && index > 0 {
      mkdir(Array(full[..<index]).map { CChar(bitPattern: $0) } + [0], 0o777)
    }
    let stream = fopen(full.map { CChar(bitPattern: $0) } + [0], "w")
    guard let stream else { throw Failure(command: "write", message: String(decoding: file, as: UTF8.self)) }
    defer { fclose(stream) }
    guard fwrite(bytes, 1, bytes.count, stream) == bytes.count else {
      throw Failure(command: "write", message: String(decoding: file, as: UTF8.self))
    }
  }

  /// Runs git at the top of the work tree and gives what it printed, without the last line break.
  @discardableResult
  package func git(_ arguments: String...) throws -> String { try git(arguments) }

  @discardableResult
  package func git(_ arguments: [String]) throws -> String {
    let text = String(decoding: try gitBytes(arguments), as: UTF8.self)
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  package func gitBytes(_ arguments: [String], environment: [String: String] = [:]) throws -> [UInt8] {
    let outcome = try execute(["git"] + arguments, environment: environment, input: nil)
    guard outcome.status == 0 else {
      throw Failure(command: "git " + arguments.joined(separator: " "), message: outcome.error)
    }
    return outcome.output
  }

  /// Commits everything that is in the work tree and gives the id of the commit.
  @discardableResult
  package func commit(_ message: String) throws -> String {
    try git("add", "-A")
    try git("commit", "-q", "--allow-empty", "-m", message)
    return try git("rev-parse", "HEAD")
  }

  /// Runs a script of the shell at the top of the work tree; a failing script is an outcome and no error.
  @discardableResult
  package func run(
    _ script: String, environment: [String: String] = [:], input: [UInt8]? = nil
  ) throws -> Outcome {
    try execute(["sh", "-c", script], environment: environment, input: input)
  }

  package struct Outcome: Sendable {
    package let status: Int32
    package let output: [UInt8]
    package let error: String

    package var text: String { String(decoding: output, as: UTF8.self) }
  }

  package struct Failure: Error, CustomStringConvertible {
    package let command: String
    package let message: String

    package var description: String { "\(command): \(message)" }
  }

  private var home: String { surroundings + "/home" }
}

extension TemporaryRepository {
  /// The variables that commands get: the machine's without those of git, then our own.
  package var environment: [String: String] {
    var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("GIT_") }
    variables["HOME"] = home
    variables["XDG_CONFIG_HOME"] = home + "/.config"
    variables["LC_ALL"] = "C"
    variables["GIT_CONFIG_NOSYSTEM"] = "1"
    for role in ["AUTHOR", "COMMITTER"] {
      variables["GIT_\(role)_NAME"] = "Ada"
      variables["GIT_\(role)_EMAIL"] = "ada@example.com"
      variables["GIT_\(role)_DATE"] = "2026-01-02T03:04:05Z"
    }
    return variables
  }

  /// Not by Foundation's `Process`, which crashes when many tests start commands at once (Swift 6.3.1 on
  /// Linux). The shell changes the folder and sends output to files, so that no amount of it can block the
  /// command.
  private func execute(
    _ command: [String], environment added: [String: String], input: [UInt8]?
  ) throws -> Outcome {
    let files = ["input", "output", "error"].map { surroundings + "/\(UUID().uuidString).\($0)" }
    defer { for file in files { unlink(file) } }
    if let input { try Data(input).write(to: URL(fileURLWithPath: files[0])) }
    let script = #"cd "$1" && exec < "$2" > "$3" 2> "$4" && shift 4 && exec "$@""#
    let source = input == nil ? "/dev/null" : files[0]
    let status = try Self.spawn(
      ["/bin/sh", "-c", script, "sh", path, source, files[1], files[2]] + command,
      environment: environment.merging(added) { _, added in added })
    let output = try Data(contentsOf: URL(fileURLWithPath: files[1]))
    let error = try Data(contentsOf: URL(fileURLWithPath: files[2]))
    return Outcome(status: status, output: Array(output), error: String(decoding: error, as: UTF8.self))
  }

  /// The exit status; of a command ended by a signal, as a shell has it, 128 and the number of the signal.
  private static func spawn(_ command: [String], environment: [String: String]) throws -> Int32 {
    var arguments = command.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var child: pid_t = 0
    let code = posix_spawn(&child, command[0], nil, nil, &arguments, &variables)
    guard code == 0 else { throw Failure(command: command[0], message: String(cString: strerror(code))) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else {
        throw Failure(command: command[0], message: String(cString: strerror(errno)))
      }
    }
    return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + status & 0x7f
  }
}
