import ArgumentParser
import Linter

/// `precede explain RULE`: the page of one rule.
struct Explain: Command {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain a rule: what it finds, why that matters, a bad and a good template.")

  @Argument(help: "The rule's id, as in the brackets behind a message.")
  var rule: String

  func run(in context: Context) throws -> ExitStatus {
    context.output(try RulePage(id: rule).markdown)
    return .clean
  }
}
