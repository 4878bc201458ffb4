import ArgumentParser

/// The options for CDK apps whose output is not in git.
struct AppOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Check an assembly: what cdk synth wrote to a folder.", valueName: "folder"))
  var assembly: String?

  @Option(help: ArgumentHelp("The assembly before the change, to compare with.", valueName: "folder"))
  var baseAssembly: String?

  @OptionGroup var synthesis: SynthOptions

  func validate() throws {
    if assembly != nil, synthesis.synth != nil { throw ValidationError("--assembly and --synth cannot go together") }
    if baseAssembly != nil, assembly == nil { throw ValidationError("--base-assembly needs --assembly") }
  }
}
