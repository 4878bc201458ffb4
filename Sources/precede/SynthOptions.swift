import ArgumentParser
import Linter

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

  var command: Synth? { synth.map { Synth(command: $0, variables: synthEnv) } }

  /// Refuses a run that left out a changed app, where that was asked for.
  func judge(_ outcome: Outcome) throws {
    guard requireTemplates, let app = outcome.appsNotSynthesised.first else { return }
    throw RunError(
      "check the CDK app of \(app)", "it changed, and its templates are not in git",
      hint: "--synth 'npx cdk synth --output {out}'")
  }
}
