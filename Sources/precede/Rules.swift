import ArgumentParser
import Linter

/// `precede rules`: lists every rule.
struct Rules: Command {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List every rule with its severity.")

  @Option(help: "text, json or markdown.")
  var format: RuleTable.Format = .text

  func run(in context: Context) throws -> ExitStatus {
    context.output(RuleTable.text(as: format))
    return .clean
  }
}

extension RuleTable.Format: ExpressibleByArgument {}
