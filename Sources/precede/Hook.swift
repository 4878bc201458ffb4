import ArgumentParser
import Linter

/// `precede hook`: what a git hook runs. Says nothing when nothing is wrong.
struct Hook: Command {
  static let configuration = CommandConfiguration(
    commandName: "hook", abstract: "Run as a git hook: check what is about to be committed or pushed.",
    discussion: """
      Finds its stage by itself: from the name that it is started by, the variables of pre-commit and prek, the lines that \
      git writes, or the index that is to be committed. File names that a hook manager adds are taken and not needed: the \
      hook finds the changes itself, deleted templates too.
      """
  )

  @Option(help: "The hook.")
  var stage: HookStage?

  @Option(name: .customShort("C"), help: ArgumentHelp("Run as if started there.", valueName: "folder"))
  var folder: String?

  @OptionGroup var rules: RuleOptions

  @OptionGroup var apps: SynthOptions

  @OptionGroup var options: ReportOptions

  @Argument(help: ArgumentHelp("What the caller of the hook passes on.", valueName: "args"))
  var arguments: [String] = []

  func run(in context: Context) throws -> ExitStatus {
    let context = context.moved(to: folder)
    let call = HookCall(
      named: stage, program: context.program, arguments: arguments + context.paths, environment: context.environment,
      input: context.input)
    let (stage, occasions) = try call.read()
    let synth = apps.command
    if synth != nil, stage.isOnServer { throw Synth.refusedOnServer }
    // Who pushes must not say what is no fault.
    var settings = rules.settings(trusting: stage.isOnServer ? .base : .new)
    settings.namesIntroductions = options.introduced
    settings.listsConnections = options.tellConnections()
    let linter = Linter(
      directory: context.directory, environment: context.environment, progress: options.progress(in: context))
    let outcome = try linter.check(occasions, settings: settings, synth: synth)
    let status = try options.publish(outcome, isHook: true, in: context) {
      try linter.whole(outcome, settings: settings, synth: synth)
    }
    try apps.judge(outcome)
    return status
  }
}

extension HookStage: ExpressibleByArgument {}
