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
      """
      Whose configuration and suppressions count: those of the change (new), or those before it (base). Without it the \
      change's, but not a stranger's: in a pull request from a fork, and on servers, those before it.
      """, valueName: "side"))
  var configFrom: Settings.Side?

  @Option(help: ArgumentHelp("Leave out the diagnostics that a file lists.", valueName: "file"))
  var baseline: String?

  /// - Parameter side: whose word counts when the user does not say.
  func settings(trusting side: Settings.Side = .new) -> Settings {
    var settings = Settings()
    settings.rules = rule
    settings.configuration = config
    settings.side = configFrom ?? side
    settings.isSideChosen = configFrom == nil
    settings.baseline = baseline
    return settings
  }
}

extension Settings.Side: ExpressibleByArgument {}
