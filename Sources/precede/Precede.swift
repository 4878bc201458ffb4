import ArgumentParser
import Linter
import Reporting

/// The program: which commands there are, and how errors become a sentence and a status.
struct Precede: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "precede",
    abstract: "Tells where AWS may start an ECS service before the services it needs.",
    discussion: """
      Reads the CloudFormation templates and CDK output that a change touches, straight from git, and finds client \
      services that are not ordered after the servers they connect to by Service Connect.
      """,
    version: Precede.version,
    subcommands: [
      Check.self, Hook.self, Fix.self, Graph.self, Rules.self, Explain.self, Install.self, Uninstall.self, Init.self,
    ])

  static let version = "0.1.0"
  static let tool = Tool(version: version) {
    RulePage.all.map {
      Tool.Rule(id: $0.id, severity: $0.severity, group: $0.group, summary: $0.summary, page: $0.markdown)
    }
  }

  /// Runs the command that the arguments name. ArgumentParser cannot tell words before `--` from words behind it, so they
  /// are taken apart here.
  static func run(_ arguments: [String], in context: Context) -> ExitStatus {
    defer { context.progressLine?.erase() }
    // As a link in the folder of hooks the program is that hook, and its arguments are git's.
    let isHook = HookStage(rawValue: context.program) != nil
    let arguments = (isHook ? ["hook", "--"] : []) + arguments
    let own = arguments.prefix { $0 != "--" }
    var context = context
    context.paths = Array(arguments.dropFirst(own.count + 1))
    do {
      var parsed = try parseAsRoot(Array(own))
      if let command = parsed as? any Command { return try command.run(in: context) }
      // ArgumentParser's own command for help, or the program alone, which answers the same way: by throwing.
      try parsed.run()
      return .clean
    } catch let error as RunError {
      for line in TerminalText.lines(of: error.output ?? "") { context.errors("| \(line)\n") }
      context.tell("cannot \(error.operation): \(error.reason)")
      if let hint = error.hint { context.tell(hint, as: "hint") }
      return .failed
    } catch {
      return report(error, in: context)
    }
  }

  /// What ArgumentParser has to say: help and version are no errors; its own status for wrong usage is 64.
  private static func report(_ error: any Error, in context: Context) -> ExitStatus {
    guard exitCode(for: error) != .success else {
      context.output(fullMessage(for: error) + "\n")
      return .clean
    }
    context.errors("\(Tool.name): cannot understand the arguments: \(message(for: error))\n")
    context.errors("hint: \(Tool.name) --help\n")
    return .failed
  }
}

/// A command of the program. It says its name, which takes the runtime a millisecond to find for all of them.
protocol Command: ParsableCommand {
  /// - Throws: `RunError`, or a `ValidationError` for arguments that make no sense.
  func run(in context: Context) throws -> ExitStatus
}
