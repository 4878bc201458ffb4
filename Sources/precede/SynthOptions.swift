import ArgumentParser
import Linter
import Reporting

/// The options by which the assemblies of CDK apps are made.
struct SynthOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Make the assemblies of both sides with a command of the shell, each in a checkout that is thrown away; {out} is the \
      folder to write to, {root} the work tree.
      """, valueName: "command"))
  var synth: String?

  @Option(
    help: ArgumentHelp("Let the command see a variable that looks like a secret; may be repeated.", valueName: "name"))
  var synthEnv: [String] = []

  @Flag(help: "Fail when a CDK app changed and its templates could not be checked.")
  var requireTemplates = false

  func validate() throws {
    if !synthEnv.isEmpty, synth == nil { throw ValidationError("--synth-env needs --synth") }
  }

  func synth(in context: Context, isQuiet: Bool) -> Synth? {
    guard let synth else { return nil }
    guard context.showsProgress, !isQuiet else { return Synth(command: synth, variables: synthEnv) }
    return Synth(command: synth, variables: synthEnv) { text in
      // Back to the beginning of the line, and nothing of it stays.
      Context.process.errors("\r\u{1b}[K" + (text.map { "\(Tool.name): \($0) …" } ?? ""))
    }
  }

  /// Refuses a run that left out a changed app, where that was asked for.
  func judge(_ outcome: Outcome) throws {
    guard requireTemplates, let app = outcome.appsNotSynthesised.first else { return }
    throw RunError(
      "check the CDK app of \(app)", "it changed, and its templates are not in git",
      hint: "--synth 'npx cdk synth --output {out}'")
  }
}
