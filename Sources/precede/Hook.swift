import ArgumentParser
import Linter

/// `precede hook`: what a git hook runs. Says nothing when nothing is wrong.
struct Hook: Command {
  static let configuration = CommandConfiguration(
    abstract: "Run as a git hook: check what is about to be committed.",
    discussion: "Arguments that git or a hook manager adds are taken and not needed: the hook finds the changes itself."
  )

  @Option(help: "The hook: pre-commit, pre-merge-commit or manual.")
  var stage: Stage?

  @Option(name: .customShort("C"), help: ArgumentHelp("Run as if started there.", valueName: "folder"))
  var folder: String?

  @OptionGroup var rules: RuleOptions

  @OptionGroup var options: ReportOptions

  @Argument(help: ArgumentHelp("What the caller of the hook passes on.", valueName: "args"))
  var arguments: [String] = []

  /// The hooks that look at the index.
  enum Stage: String, ExpressibleByArgument, CaseIterable {
    case preCommit = "pre-commit"
    case preMergeCommit = "pre-merge-commit"
    case manual
  }

  func run(in context: Context) throws -> ExitStatus {
    let context = context.moved(to: folder)
    let linter = Linter(directory: context.directory, environment: context.environment)
    return try options.publish(try linter.check(.staged, settings: rules.settings), isHook: true, in: context)
  }
}
