import ArgumentParser
import Linter
import Reporting

/// `precede install`: writes the hooks of a repository.
struct Install: Command {
  static let configuration = CommandConfiguration(
    commandName: "install", abstract: "Install the hooks of this repository.",
    discussion: """
      Writes a small script for each hook to where git looks for it. A hook that is there already is kept, and you are \
      told how it can call Precede.
      """)

  @Option(
    help: ArgumentHelp(
      "A hook; may be repeated. Without it pre-commit and pre-merge-commit.", valueName: "stage"))
  var stage: [HookStage] = []

  @Option(name: .customShort("C"), help: ArgumentHelp("Run as if started there.", valueName: "folder"))
  var folder: String?

  func run(in context: Context) throws -> ExitStatus {
    let context = context.moved(to: folder)
    let hooks = try HookFolder(of: context.directory, environment: context.environment)
    for sentence in try hooks.install(stage.isEmpty ? [.preCommit, .preMergeCommit] : stage) {
      context.output("\(Tool.name): \(sentence)\n")
    }
    return .clean
  }
}

/// `precede uninstall`: takes away what `precede install` wrote.
struct Uninstall: Command {
  static let configuration = CommandConfiguration(
    commandName: "uninstall", abstract: "Remove the hooks that install wrote.")

  @Option(name: .customShort("C"), help: ArgumentHelp("Run as if started there.", valueName: "folder"))
  var folder: String?

  func run(in context: Context) throws -> ExitStatus {
    let context = context.moved(to: folder)
    for sentence in try HookFolder(of: context.directory, environment: context.environment).uninstall() {
      context.output("\(Tool.name): \(sentence)\n")
    }
    return .clean
  }
}
