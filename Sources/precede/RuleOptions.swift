import ArgumentParser
import Linter

/// The options that say which rules count and what is no fault.
struct RuleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The severity of a rule or group: off, notice, warning or error; may be repeated, the last one counts.",
      valueName: "id=severity"))
  var rule: [String] = []

  @Option(help: ArgumentHelp("The configuration; .precede.yml at the top without it.", valueName: "file"))
  var config: String?

  @Option(
    help: ArgumentHelp(
      "Whose configuration and suppressions count: those of the change, or those before it.", valueName: "side"))
  var configFrom = Settings.Side.new

  @Option(help: ArgumentHelp("Leave out the diagnostics that a file lists.", valueName: "file"))
  var baseline: String?

  var settings: Settings {
    var settings = Settings()
    settings.rules = rule
    settings.configuration = config
    settings.side = configFrom
    settings.baseline = baseline
    return settings
  }
}

extension Settings.Side: ExpressibleByArgument {}
