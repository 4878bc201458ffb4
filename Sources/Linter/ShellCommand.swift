import Subprocess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A command of the shell that runs in a folder, with what it prints in files.
struct ShellCommand: Sendable {
  let text: String
  let folder: String
  let variables: [String: String]
  let printed: (output: String, errors: String)

  /// Runs the command to its end; it is ended with all that it started when the task is cancelled.
  ///
  /// - Returns: what went wrong; `nil` when nothing did.
  func run() async -> String? {
    var options = PlatformOptions()
    // A session of its own, so that signals reach what the command started, and nothing asks the terminal.
    options.createSession = true
    options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(3))]
    let script = #"cd "$1" && exec >"$2" 2>"$3" && exec /bin/sh -c "$4""#
    var group: pid_t?
    // The shell may have gone before what it started.
    defer { if Task.isCancelled, let group { kill(-group, SIGKILL) } }
    do {
      let result = try await Subprocess.run(
        .path("/bin/sh"), arguments: ["-c", script, "sh", folder, printed.output, printed.errors, text],
        environment: .custom(variables.map { Array("\($0.key)=\($0.value)\0".utf8) }), platformOptions: options,
        input: .none, output: .discarded, error: .discarded
      ) { group = $0.processIdentifier.value }
      return switch result.terminationStatus {
      case .exited(0): nil
      case .exited(let status): "the command ended with exit status \(status)"
      case .signaled(let signal): "the command was ended by signal \(signal)"
      }
    } catch {
      return "\(error)"
    }
  }
}
